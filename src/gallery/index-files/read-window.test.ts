import { randomBytes } from 'node:crypto'
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ReadWindow } from './read-window.ts'
import { dropFolders, makeFolder } from './test-index.fixture.ts'

// More than two pieces of 4 MiB.
const BYTES = randomBytes(9_000_001)
let folder: string

beforeEach(async () => {
  folder = await makeFolder()
  await writeFile(join(folder, 'file'), BYTES)
})
afterEach(() => dropFolders([folder]))

describe('a window on a file', () => {
  it.each([
    [1_000_000, 900_001],
    [557_108, 557_108],
    [5_000_000, 4_999_999],
  ])('of views up to %i bytes gives all bytes in order, then none', async (most, step) => {
    const handle = await open(join(folder, 'file'))
    const window = new ReadWindow(handle, 64, most)
    for (let at = 64; at < BYTES.length; at += step) {
      expect(window.offset).toBe(at)
      expect(await window.view(16)).toEqual(BYTES.subarray(at, Math.min(at + 16, BYTES.length)))
      const bytes = await window.view(step)
      expect(bytes.equals(BYTES.subarray(at, at + step))).toBe(true)
      window.skip(bytes.length)
    }
    expect((await window.view(1)).length).toBe(0)
    expect((await window.view(most)).length).toBe(0)
    await handle.close()
  })

  it('tells a failed read to the one who asks, and only then', async () => {
    const handle = await open(folder)
    await expect(new ReadWindow(handle, 0, 100).view(1)).rejects.toMatchObject({ code: 'EISDIR' })
    await handle.close()
  })
})
