import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { IndexFiles } from './index-files.ts'
import {
  dropFolders,
  factsOfRow,
  folderOf,
  loadFolder,
  makeFolder,
  openTestFiles,
  ROW_BYTES,
  RowsCopy,
  recordOf,
  recordsOf,
} from './test-index.fixture.ts'

const made: string[] = []
afterEach(() => dropFolders(made.splice(0)))

async function keep(folder: Promise<string>): Promise<string> {
  made.push(await folder)
  return await folder
}

function expectRows(copy: RowsCopy, seqs: readonly number[], versions: Record<number, number> = {}): void {
  const right = seqs.map((seq) => [seq, recordOf(seq, versions[seq] ?? 0).toString('hex')])
  expect(copy.text()).toEqual(Object.fromEntries(right))
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

describe('index files', () => {
  it.each([0, 1, 1023, 1024, 1025, 2048, 2049])('give back a snapshot of %i rows', async (rows) => {
    const { loaded, copy } = await loadFolder(await keep(folderOf(rows)))
    expect(loaded).toEqual({ state: 'loaded', position: rows, records: rows })
    expectRows(copy, range(1, rows))
  })

  it('take pages of any size, and leave out rows added after the position', async () => {
    const folder = await keep(makeFolder())
    const files = await openTestFiles(folder)
    const sizes = [1, 700, 1024, 1025, 0, 3]
    async function* pages() {
      let next = 1
      for (const size of sizes) {
        yield recordsOf(next, size)
        next += size
      }
    }
    await files.rewrite(2751, pages())
    await files.close()
    const { loaded, copy } = await loadFolder(folder)
    expect(loaded).toEqual({ state: 'loaded', position: 2751, records: 2751 })
    expect(copy.seqs).toEqual(range(1, 2751))
  })

  it('give back the journal after the snapshot: rows, facts, removals, positions', async () => {
    const folder = await keep(
      folderOf(10, async (files) => {
        expect(await files.appendAdded(recordsOf(11, 5), 15)).toBe(true)
        expect(await files.appendFacts([factsOfRow(3, 16), factsOfRow(12, 17)], 17)).toBe(true)
        expect(await files.removeRows([4, 13], 18)).toBe(true)
        expect(await files.appendAdded(recordOf(19), 19)).toBe(true)
        expect(await files.appendPosition(25)).toBe(true)
      }),
    )
    const { loaded, copy } = await loadFolder(folder)
    expect(loaded).toEqual({ state: 'loaded', position: 25, records: 16 })
    expect(copy.seqs).toEqual([...range(1, 15), 19])
    const rest = [...range(1, 15), 19].filter((seq) => seq !== 4 && seq !== 13)
    expectRows(copy, rest, { 3: 16, 12: 17 })
  })

  it('journal more than 1024 entries in several frames', async () => {
    const folder = await keep(
      folderOf(1, async (files) => {
        await files.appendAdded(recordsOf(2, 2999), 3000)
        await files.appendFacts(
          range(1, 1500).map((row) => factsOfRow(row, 1)),
          5000,
        )
        await files.removeRows(range(2000, 3000), 6000)
      }),
    )
    const { loaded, copy } = await loadFolder(folder)
    expect(loaded).toMatchObject({ position: 6000, records: 3000 })
    expectRows(copy, range(1, 1999), Object.fromEntries(range(1, 1500).map((row) => [row, 1])))
  })

  it('can be continued after being loaded, and written anew from what was loaded', async () => {
    const folder = await keep(folderOf(5, (files) => files.appendAdded(recordOf(6), 6)))
    const files = await openTestFiles(folder)
    const copy = new RowsCopy()
    await files.load(copy)
    await files.appendAdded(recordOf(7), 7)
    await files.rewrite(7, [...copy.rows.values(), recordOf(7)])
    await files.appendAdded(recordOf(8), 8)
    await files.close()
    const again = await loadFolder(folder)
    expect(again.loaded).toEqual({ state: 'loaded', position: 8, records: 8 })
    expectRows(again.copy, range(1, 8))
    expect((await readdir(folder)).sort()).toEqual(['journal', 'snapshot'])
  })

  it('are missing in a new folder, take no change before the first snapshot, and ask for one', async () => {
    const folder = await keep(makeFolder())
    const files = await openTestFiles(join(folder, 'inner'))
    expect(await files.load(new RowsCopy())).toEqual({ state: 'missing' })
    expect([files.writable, files.shouldRewrite()]).toEqual([false, true])
    expect(await files.appendAdded(recordOf(1), 1)).toBe(false)
    expect(await files.rewrite(0, [])).toBe(true)
    expect([files.writable, files.shouldRewrite()]).toEqual([true, false])
    await files.close()
  })

  it('are read by their owner alone', async () => {
    const folder = await keep(makeFolder())
    const files = await openTestFiles(join(folder, 'inner'))
    await files.rewrite(1, [recordOf(1)])
    const modes = async (names: readonly string[]) =>
      await Promise.all(names.map(async (name) => (await stat(join(folder, 'inner', name))).mode & 0o777))
    expect(await modes(['snapshot', 'journal'])).toEqual([0o600, 0o600])
    expect(await modes(['.'])).toEqual([0o700])
    await files.close()
  })

  it('show nothing of a row', async () => {
    const folder = await keep(folderOf(3, (files) => files.appendAdded(recordOf(4), 4)))
    const bytes = Buffer.concat([await readFile(join(folder, 'snapshot')), await readFile(join(folder, 'journal'))])
    for (const seq of range(1, 4)) expect(bytes.includes(recordOf(seq).subarray(0, 12))).toBe(false)
  })

  it('keep the order of calls that were not waited for', async () => {
    const folder = await keep(makeFolder())
    const files = await openTestFiles(folder)
    const calls = [files.rewrite(1, [recordOf(1)]), files.appendAdded(recordOf(2), 2), files.removeRows([1], 3)]
    calls.push(files.appendAdded(recordOf(4), 4))
    await files.close()
    expect(await Promise.all(calls)).toEqual([true, true, true, true])
    const { loaded, copy } = await loadFolder(folder)
    expect(loaded).toMatchObject({ position: 4 })
    expectRows(copy, [2, 4])
  })

  it('take nothing once closed; closing twice is closing once', async () => {
    const folder = await keep(folderOf(1))
    const files = await openTestFiles(folder)
    await files.load(new RowsCopy())
    await files.close()
    await files.close()
    expect([files.writable, files.shouldRewrite()]).toEqual([false, false])
    expect(await files.appendPosition(9)).toBe(false)
    expect(await files.rewrite(0, [])).toBe(false)
    expect((await loadFolder(folder)).loaded).toMatchObject({ position: 1 })
  })

  it('a row added twice is refused, and the files stop with what they had', async () => {
    const folder = await keep(
      folderOf(5, async (files) => {
        await expect(files.appendAdded(recordOf(5), 6)).rejects.toThrow('order')
        expect([files.writable, files.shouldRewrite()]).toEqual([false, true])
      }),
    )
    expect((await loadFolder(folder)).loaded).toMatchObject({ position: 5, records: 5 })
  })

  it('a position that goes back is refused, and the files stop with what they had', async () => {
    const folder = await keep(
      folderOf(5, async (files) => {
        expect(await files.appendPosition(5)).toBe(true)
        await expect(files.appendPosition(4)).rejects.toThrow('go back')
        expect(await files.appendPosition(6)).toBe(false)
      }),
    )
    expect((await loadFolder(folder)).loaded).toMatchObject({ position: 5 })
  })

  it('once stopped keep nothing until they are written anew', async () => {
    const folder = await keep(
      folderOf(5, async (files) => {
        await files.stop()
        expect([files.writable, files.shouldRewrite()]).toEqual([false, true])
        expect(await files.removeRows([2], 6)).toBe(false)
      }),
    )
    const files = await openTestFiles(folder)
    expect(await files.load(new RowsCopy())).toEqual({ state: 'loaded', position: 5, records: 5 })
    await files.stop()
    await files.rewrite(2, [recordsOf(1, 2)])
    expect(await files.appendAdded(recordOf(3), 3)).toBe(true)
    await files.close()
    expect((await loadFolder(folder)).loaded).toEqual({ state: 'loaded', position: 3, records: 3 })
  })

  it('an error of the one who takes the rows is passed on, and nothing stays open', async () => {
    const files = await openTestFiles(await keep(folderOf(5)))
    const fail = () => Promise.reject(new Error('no room for rows'))
    await expect(files.load({ onRecords: fail, onChange: () => undefined })).rejects.toThrow('no room for rows')
    expect(await files.load(new RowsCopy())).toMatchObject({ state: 'loaded' })
    await files.close()
  })

  it('an error of the pages leaves the files as they were, in use', async () => {
    const folder = await keep(folderOf(5))
    const files = await openTestFiles(folder)
    await files.load(new RowsCopy())
    function* pages() {
      yield recordsOf(1, 2000)
      throw new Error('no more pages')
    }
    await expect(files.rewrite(9, pages())).rejects.toThrow('no more pages')
    expect(await files.appendAdded(recordOf(6), 6)).toBe(true)
    await files.close()
    expect((await readdir(folder)).sort()).toEqual(['journal', 'snapshot'])
    expect((await loadFolder(folder)).loaded).toEqual({ state: 'loaded', position: 6, records: 6 })
  })

  it.each([
    ['a short key', { key: Buffer.alloc(31) }],
    ['a model without its digest', { model: { sha256: 'ab', dimension: 16 } }],
    ['a record without facts', { rowBytes: 31 }],
  ])('refuse %s', async (_, change) => {
    await expect(openTestFiles(await keep(makeFolder()), change)).rejects.toThrow(RangeError)
  })

  it.each([0, 1, ROW_BYTES + 1])('refuse records of %i bytes', async (bytes) => {
    await keep(
      folderOf(1, async (files: IndexFiles) => {
        expect(() => files.appendAdded(new Uint8Array(bytes), 2)).toThrow(RangeError)
      }),
    )
  })

  it('a file that cannot be read is damage, not an error', async () => {
    const folder = await keep(folderOf(1))
    await rm(join(folder, 'journal'))
    await mkdir(join(folder, 'journal'))
    const { loaded } = await loadFolder(folder)
    expect(loaded).toEqual({ state: 'damaged', reason: expect.stringContaining('The journal cannot be read') })
  })
})
