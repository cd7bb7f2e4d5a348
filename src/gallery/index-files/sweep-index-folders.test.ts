import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sweepIndexFolders } from './sweep-index-folders.ts'
import { openTestFiles, recordsOf } from './test-index.fixture.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countenance-sweep-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function fill(name: string) {
  const files = await openTestFiles(join(folder, name))
  await files.load({ onRecords: () => {}, onChange: () => {} })
  await files.rewrite(3, [recordsOf(1, 3)])
  return files
}

describe('sweeping the index folders', () => {
  it('takes the files of other models away and keeps those in use', async () => {
    for (const name of ['old', 'older', 'now']) await (await fill(name)).close()
    expect((await sweepIndexFolders(folder, ['now'])).toSorted()).toEqual(['old', 'older'])
    expect(await readdir(folder)).toEqual(['now'])
    expect(await readdir(join(folder, 'now'))).toContain('snapshot')
    expect(await sweepIndexFolders(folder, ['now'])).toEqual([])
  })

  it('writes over the bytes before it removes them', async () => {
    await (await fill('old')).close()
    const path = join(folder, 'old', 'snapshot')
    const bytes = await readFile(path)
    // Held open, the file can still be read after it lost its name.
    const handle = await open(path)
    await sweepIndexFolders(folder, [])
    const after = Buffer.alloc(bytes.length)
    await handle.read(after, 0, after.length, 0)
    await handle.close()
    expect(after.equals(Buffer.alloc(bytes.length))).toBe(true)
  })

  it('leaves a folder alone that somebody writes', async () => {
    const files = await fill('busy')
    expect(await sweepIndexFolders(folder, [])).toEqual([])
    await files.close()
    expect(await sweepIndexFolders(folder, [])).toEqual(['busy'])
  })

  it('finds nothing where there is no folder, and takes what a crash left', async () => {
    expect(await sweepIndexFolders(join(folder, 'none'), [])).toEqual([])
    await (await fill('old')).close()
    await writeFile(join(folder, 'old', 'snapshot.next'), 'draft')
    expect(await sweepIndexFolders(folder, [])).toEqual(['old'])
  })
})
