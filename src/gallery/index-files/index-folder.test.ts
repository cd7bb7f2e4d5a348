import { link, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraseFile } from './erase-file.ts'
import { dropDrafts, indexPaths } from './index-folder.ts'
import { dropFolders, folderOf, loadFolder, makeFolder, openTestFiles, recordsOf } from './test-index.fixture.ts'

const OLD_ROWS = 5
const NEW_ROWS = 9
let folder: string
let other: string

beforeEach(async () => {
  folder = await folderOf(OLD_ROWS)
  other = await folderOf(NEW_ROWS)
})
afterEach(() => dropFolders([folder, other]))

const move = (from: string, to: string) => rename(join(folder, from), join(folder, to))

/** Brings the files of the other folder in as drafts. */
async function addDrafts(names: readonly ('snapshot' | 'journal')[] = ['snapshot', 'journal']): Promise<void> {
  for (const name of names) await writeFile(join(folder, `${name}.next`), await readFile(join(other, name)))
}

async function expectRows(rows: number): Promise<void> {
  expect((await loadFolder(folder)).loaded).toEqual({ state: 'loaded', position: rows, records: rows })
  expect((await readdir(folder)).sort()).toEqual(['journal', 'snapshot'])
}

describe('a replacement that was cut short', () => {
  it('while drafts were written: the old files stay', async () => {
    await addDrafts(['snapshot'])
    await expectRows(OLD_ROWS)
  })

  it('when drafts were complete: the old files stay', async () => {
    await addDrafts()
    await expectRows(OLD_ROWS)
  })

  it('after the old snapshot was put aside: it comes back', async () => {
    await addDrafts()
    await move('snapshot', 'snapshot.old')
    await expectRows(OLD_ROWS)
  })

  it('after both old files were put aside: both come back', async () => {
    await addDrafts()
    await move('snapshot', 'snapshot.old')
    await move('journal', 'journal.old')
    await expectRows(OLD_ROWS)
  })

  it('after the new snapshot took its place: the new journal follows', async () => {
    await addDrafts()
    await move('snapshot', 'snapshot.old')
    await move('journal', 'journal.old')
    await move('snapshot.next', 'snapshot')
    await expectRows(NEW_ROWS)
  })

  it('before the old files were erased: they are now', async () => {
    await addDrafts()
    await move('snapshot', 'snapshot.old')
    await move('journal', 'journal.old')
    await move('snapshot.next', 'snapshot')
    await move('journal.next', 'journal')
    await expectRows(NEW_ROWS)
  })

  it('the first time, before the snapshot took its place: there is none', async () => {
    await dropFolders([folder])
    folder = await makeFolder()
    await addDrafts()
    expect((await loadFolder(folder)).loaded).toEqual({ state: 'missing' })
    expect(await readdir(folder)).toEqual([])
  })

  it('the first time, after it did: the journal follows', async () => {
    await dropFolders([folder])
    folder = await makeFolder()
    await addDrafts()
    await move('snapshot.next', 'snapshot')
    await expectRows(NEW_ROWS)
  })

  it('is put in order by a new snapshot too, without loading', async () => {
    await addDrafts()
    await move('snapshot', 'snapshot.old')
    const files = await openTestFiles(folder)
    expect(await files.rewrite(3, [recordsOf(1, 3)])).toBe(true)
    await files.close()
    await expectRows(3)
  })
})

describe('files that are not used any more', () => {
  it('have their bytes overwritten before their name goes', async () => {
    const path = join(folder, 'large')
    await writeFile(path, Buffer.alloc(2_500_000, 1))

    await link(path, join(folder, 'same'))
    await eraseFile(path)
    expect((await readFile(join(folder, 'same'))).equals(Buffer.alloc(2_500_000))).toBe(true)
    expect(await readdir(folder)).not.toContain('large')
  })

  it('may not be there', async () => {
    await eraseFile(join(folder, 'none'))
    await dropDrafts(indexPaths(folder))
    await expectRows(OLD_ROWS)
  })

  it('of a replaced snapshot keep nothing', async () => {
    const watched = [join(other, 'watched-snapshot'), join(other, 'watched-journal')] as const
    await link(join(folder, 'snapshot'), watched[0])
    await link(join(folder, 'journal'), watched[1])
    const files = await openTestFiles(folder)
    await files.rewrite(3, [recordsOf(1, 3)])
    await files.close()
    for (const path of watched) {
      const bytes = await readFile(path)
      expect(bytes.length).toBeGreaterThan(0)
      expect(bytes.every((byte) => byte === 0)).toBe(true)
    }
  })
})
