import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { rowsAt } from './test-history.fixture.ts'
import { dropFolders, folderOf, loadFolder, makeFolder } from './test-index.fixture.ts'
import { indexDiskError } from './write-all.ts'

const PROGRAM = fileURLToPath(new URL('./grow-index.fixture.ts', import.meta.url))
const SHELL = '/bin/sh'

let folder = ''
afterEach(() => dropFolders([folder]))

/** Runs the program where no file may be larger than so many blocks of 512 bytes; returns what it prints last. */
async function growWithin(blocks: number, kind: string, then = ''): Promise<unknown> {
  const words = ['-c', `ulimit -f ${blocks}; exec "$@"`, SHELL, process.execPath, PROGRAM, folder, kind, '2000', then]
  const { stdout } = await promisify(execFile)(SHELL, words, { env: {} })
  return JSON.parse(stdout.replace('ready\n', '') || 'null')
}

describe.skipIf(!existsSync(SHELL))('where a file cannot grow', () => {
  it('adding rows ends with disk_full; what was kept before is there, and nothing after it', async () => {
    folder = await makeFolder()
    const said = await growWithin(64, 'append')
    expect(said).toEqual({ code: 'disk_full', writable: false, later: false, redone: null })
    const { loaded, copy } = await loadFolder(folder)
    if (loaded.state !== 'loaded') throw new Error(loaded.state)
    expect(loaded.position).toBeGreaterThan(100)
    expect(loaded.position).toBeLessThan(1000)
    expect(copy.text()).toEqual(rowsAt('append', loaded.position).text())
    expect((await readdir(folder)).sort()).toEqual(['journal', 'snapshot'])
  })

  it('goes on from there once there is room', async () => {
    folder = await makeFolder()
    await growWithin(64, 'append')
    expect(await growWithin(10_000, 'append')).toBeNull()
    const { loaded, copy } = await loadFolder(folder)
    expect(loaded).toMatchObject({ state: 'loaded', position: 2000 })
    expect(copy.text()).toEqual(rowsAt('append', 2000).text())
  })

  it('removing rows ends with disk_full; a new snapshot, being smaller, sets the files right', async () => {
    folder = await makeFolder()
    const said = await growWithin(48, 'remove', 'redo')
    expect(said).toEqual({ code: 'disk_full', writable: true, later: false, redone: true })
    expect((await loadFolder(folder)).loaded).toMatchObject({ state: 'loaded', position: 1e9 })
  })

  it('a snapshot that does not fit leaves the one that is there, and the files stopped', async () => {
    folder = await folderOf(1000)
    const said = await growWithin(8, 'append', 'redo')
    expect(said).toEqual({ code: 'disk_full', writable: false, later: false, redone: 'disk_full' })
    const { loaded, copy } = await loadFolder(folder)
    expect(loaded).toMatchObject({ state: 'loaded' })
    expect(copy.seqs.length).toBeGreaterThan(1000)
    expect((await readdir(folder)).sort()).toEqual(['journal', 'snapshot'])
  })
})

describe('an error of the disk', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EFBIG'])('%s is disk_full, with a remedy', (code) => {
    const cause = Object.assign(new Error('x'), { code })
    expect(indexDiskError(cause)).toMatchObject({ code: 'disk_full', cause, remedy: expect.stringContaining('Free') })
  })

  it('of another kind passes unchanged', () => {
    for (const error of [Object.assign(new Error('x'), { code: 'EIO' }), new Error('y'), 'z']) {
      expect(indexDiskError(error)).toBe(error)
    }
  })
})
