import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256Hex } from '../base/index.ts'
import { EmbeddedIndex, type IndexNote } from './embedded-index.ts'
import { followSource } from './follow-source.ts'
import { openIndexFiles } from './index-files/open-index-files.ts'
import { MemorySource, SOME_FACTS } from './memory-gallery.fixture.ts'
import { rowLayout } from './scan/row-record.ts'

const DIMENSION = 32
const model = { sha256: sha256Hex('test-32'), dimension: DIMENSION }
const key = Buffer.alloc(32, 7)
const NO_FILTER = { sources: null, bookedFrom: null, bookedTo: null, sexes: null, bornFrom: null, bornTo: null }

let folder: string
let source: MemorySource
let notes: IndexNote[]
let opened: EmbeddedIndex[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countenance-index-'))
  source = new MemorySource()
  notes = []
  opened = []
})
afterEach(async () => {
  for (const index of opened) await index.close()
  await rm(folder, { recursive: true, force: true })
})

function open(): EmbeddedIndex {
  const { rowBytes } = rowLayout(DIMENSION)
  const index = new EmbeddedIndex({
    ...{ dimension: DIMENSION, threads: 0, onNote: (note) => notes.push(note) },
    openFiles: () => openIndexFiles({ folder, key, model, rowBytes }),
  })
  opened.push(index)
  return index
}

/** A direction of its own for each number. */
function vectorOf(number: number): Float32Array {
  const raw = Float64Array.from({ length: DIMENSION }, (_, at) => Math.sin(number * 12.9898 + at * 78.233))
  const length = Math.hypot(...raw)
  return Float32Array.from(raw, (value) => value / length)
}
const enrol = (from: number, to: number) => {
  for (let at = from; at < to; at += 1) source.add(`tpl_${at}`, `sub_${at}`, vectorOf(at))
}
const follow = (index: EmbeddedIndex) => followSource(source, index).follow()
const heldBy = async (index: EmbeddedIndex) => {
  const [answer] = await index.scan([vectorOf(0)], { k: 10_000, floor: -1, filter: NO_FILTER })
  return answer?.rows.map(({ seq }) => seq).toSorted((one, other) => one - other)
}
const rowsOfSource = () => source.rows.map(({ seq }) => seq)
const arrivals = async () => (await source.changesAfter(0)).filter((change) => change.kind === 'added')

describe('an index with files', () => {
  it('is as it was at the next opening, without its source', async () => {
    enrol(0, 1500)
    const first = open()
    await follow(first)
    await first.keep()
    await first.close()
    const again = open()
    expect(await again.position()).toBe(1500)
    expect(await heldBy(again)).toEqual(rowsOfSource())
    expect(await again.differing(await arrivals())).toEqual([])
    expect(notes).toEqual([])
  })

  it('keeps what came after the snapshot, of every kind, also when it was never closed', async () => {
    enrol(0, 10)
    const first = open()
    await follow(first)
    await first.keep()
    enrol(10, 13)
    source.setFacts(4, { ...SOME_FACTS, sealed: true })
    source.remove(2)
    source.remove(12)
    await follow(first)
    // As after kill -9: the lock is of this very process, so the next one reads the files as another process would.
    const again = open()
    expect(await again.position()).toBe(await first.position())
    expect(await again.digest()).toEqual(await first.digest())
    expect(await heldBy(again)).toEqual(rowsOfSource().filter((seq) => seq !== 4))
    expect(await again.differing(await arrivals())).toEqual([])
  })

  it('is built anew from its source when a file was damaged, and says so once', async () => {
    enrol(0, 40)
    const first = open()
    await follow(first)
    await first.close()
    const path = join(folder, 'snapshot')
    const bytes = await readFile(path)
    bytes[200] = (bytes[200] as number) ^ 1
    await writeFile(path, bytes)
    const again = open()
    expect(await again.position()).toBe(0)
    expect(notes).toEqual([{ kind: 'damaged', reason: expect.any(String) }])
    await follow(again)
    await again.close()
    const third = open()
    expect(await third.position()).toBe(40)
    expect(notes).toHaveLength(1)
  })

  it('is built anew when its files were deleted', async () => {
    enrol(0, 5)
    const first = open()
    await follow(first)
    await first.close()
    for (const name of await readdir(folder)) await rm(join(folder, name))
    const again = open()
    await follow(again)
    expect(await heldBy(again)).toEqual(rowsOfSource())
    expect(notes).toEqual([])
  })

  it('leaves no byte of a removed row: the sealed frame is written over, at once', async () => {
    enrol(0, 30)
    const index = open()
    await follow(index)
    await index.keep()
    const before = await readFile(join(folder, 'snapshot'))
    source.remove(7)
    await follow(index)
    const after = await readFile(join(folder, 'snapshot'))
    expect(after.length).toBe(before.length)
    expect(after.includes(before.subarray(400, 464))).toBe(false)
    const again = open()
    expect(await heldBy(again)).toEqual(rowsOfSource())
  })

  it('goes on in memory when its files cannot be written, and a later snapshot mends them', async () => {
    enrol(0, 5)
    let full = true
    const { rowBytes } = rowLayout(DIMENSION)
    const index = new EmbeddedIndex({
      ...{ dimension: DIMENSION, threads: 0, onNote: (note: IndexNote) => notes.push(note) },
      openFiles: async () => {
        const files = await openIndexFiles({ folder, key, model, rowBytes })
        const rewrite = files.rewrite.bind(files)
        files.rewrite = (position, pages) =>
          full ? Promise.reject(new Error('No space is left.')) : rewrite(position, pages)
        return files
      },
    })
    opened.push(index)
    await follow(index)
    await index.keep()
    expect(notes).toEqual([{ kind: 'files_failed', error: expect.objectContaining({ message: 'No space is left.' }) }])
    expect(await heldBy(index)).toEqual(rowsOfSource())
    full = false
    await index.keep()
    await index.close()
    expect(await open().position()).toBe(5)
  })

  it('goes on in memory when its folder cannot be opened', async () => {
    const index = new EmbeddedIndex({
      ...{ dimension: DIMENSION, threads: 0, onNote: (note: IndexNote) => notes.push(note) },
      openFiles: () => Promise.reject(new Error('Not allowed.')),
    })
    opened.push(index)
    enrol(0, 3)
    await follow(index)
    expect(await heldBy(index)).toEqual(rowsOfSource())
    expect(notes).toMatchObject([{ kind: 'files_failed' }])
  })

  it('forgets everything when it is cleared, and keeps the new rows', async () => {
    enrol(0, 6)
    const index = open()
    await follow(index)
    await index.keep()
    await index.clear()
    expect([await index.position(), await index.digest()]).toEqual([0, { rows: 0, sum: 0n, squares: 0n }])
    source.remove(3)
    await follow(index)
    await index.close()
    const again = open()
    expect(await heldBy(again)).toEqual(rowsOfSource())
  })

  it('keeps files of an empty gallery, too, or none', async () => {
    const index = open()
    await follow(index)
    await index.close()
    expect(await open().position()).toBe(0)
    expect(notes).toEqual([])
    expect(existsSync(folder) && (await stat(folder)).isDirectory()).toBe(true)
  })
})

describe('changes', () => {
  it('that were taken up before are skipped', async () => {
    enrol(0, 4)
    const index = open()
    await index.apply(await source.changesAfter(0))
    await index.apply(await source.changesAfter(0))
    expect(await index.digest()).toMatchObject({ rows: 4 })
  })

  it('of rows that it never held change nothing', async () => {
    const index = open()
    await index.apply([
      { kind: 'removed', seq: 1, row: 0 },
      { kind: 'facts', seq: 2, row: 1, facts: SOME_FACTS },
      { kind: 'removed', seq: 3, row: 2 },
    ])
    expect([await index.position(), (await index.digest()).rows]).toEqual([3, 0])
  })

  it('are told apart row by row from what the source has now', async () => {
    enrol(0, 6)
    const index = open()
    await follow(index)
    const rows = await arrivals()
    const other = rows.map((row) => {
      if (row.seq === 2) return { ...row, vector: vectorOf(99) }
      return row.seq === 5 ? { ...row, facts: { ...row.facts, birthYear: null } } : row
    })
    expect(await index.differing([...other, { ...(rows[0] as (typeof rows)[0]), seq: 77 }])).toEqual([2, 5, 77])
  })
})
