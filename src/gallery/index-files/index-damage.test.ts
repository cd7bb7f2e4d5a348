import { readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FILE_HEADER_BYTES } from './file-header.ts'
import { frameBytes, readFrameHeader, sealFrame } from './index-frame.ts'
import type { FileName } from './index-shape.ts'
import {
  copyFolder,
  dropFolders,
  factsOfRow,
  folderOf,
  loadFolder,
  openTestFiles,
  ROW_BYTES,
  RowsCopy,
  recordOf,
  recordsOf,
  TEST_SHAPE,
} from './test-index.fixture.ts'

const SNAPSHOT_ROWS = 2100
let folder: string
let before: Record<FileName, Buffer>

beforeEach(async () => {
  folder = await folderOf(SNAPSHOT_ROWS, async (files) => {
    await files.appendAdded(recordsOf(SNAPSHOT_ROWS + 1, 4), SNAPSHOT_ROWS + 4)
    await files.appendFacts([factsOfRow(7, 1)], SNAPSHOT_ROWS + 5)
    await files.removeRows([8], SNAPSHOT_ROWS + 6)
    await files.appendAdded(recordOf(SNAPSHOT_ROWS + 7), SNAPSHOT_ROWS + 7)
  })
  before = { snapshot: await readFile(join(folder, 'snapshot')), journal: await readFile(join(folder, 'journal')) }
})
afterEach(() => dropFolders([folder]))

/** Where each frame starts, and where the last one ends. */
function borders(bytes: Buffer): number[] {
  const places = [FILE_HEADER_BYTES]
  for (let at = FILE_HEADER_BYTES; at < bytes.length; places.push(at)) {
    const header = readFrameHeader(bytes.subarray(at))
    if (header === null) throw new Error('no frame')
    at += frameBytes(header, ROW_BYTES)
  }
  return places
}

async function loadWith(name: FileName, bytes: Buffer) {
  await writeFile(join(folder, 'snapshot'), before.snapshot)
  await writeFile(join(folder, 'journal'), before.journal)
  await writeFile(join(folder, name), bytes)
  return (await loadFolder(folder)).loaded
}

const damaged = (words: string) => ({ state: 'damaged', reason: expect.stringContaining(words) })

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] as number) ^ 0x40
  return copy
}

describe('a snapshot', () => {
  it('cut at any border of its frames, or within any, is damaged', async () => {
    const places = borders(before.snapshot).slice(0, -1)
    expect(places).toHaveLength(4)
    for (const place of places) {
      expect(await loadWith('snapshot', before.snapshot.subarray(0, place))).toEqual(damaged('has no end'))
      for (const more of [1, 15, 16, 27, 40]) {
        expect(await loadWith('snapshot', before.snapshot.subarray(0, place + more))).toEqual(damaged('does not open'))
      }
    }
    expect(await loadWith('snapshot', before.snapshot.subarray(0, -1))).toEqual(damaged('does not open'))
  })

  it.each([
    [0, 'not such a file'],
    [9, 'another snapshot'],
    [24, 'another model'],
    [56, 'another model'],
    [60, 'another length'],
  ])('with byte %i of its first 64 changed is damaged', async (at, words) => {
    expect(await loadWith('snapshot', flipped(before.snapshot, at))).toEqual(damaged(words))
  })

  it('with any byte changed is damaged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(before.snapshot.length - 1), async (at) => {
        expect(await loadWith('snapshot', flipped(before.snapshot, at))).toMatchObject({ state: 'damaged' })
      }),
      { numRuns: 40 },
    )
  })

  it('with each part of a frame changed is damaged', async () => {
    const [, start = 0, end = 0] = borders(before.snapshot)
    for (const at of [start, start + 4, start + 5, start + 6, start + 8, start + 12]) {
      expect(await loadWith('snapshot', flipped(before.snapshot, at))).toEqual(damaged('has no frame header'))
    }
    for (const at of [start + 16, start + 28, start + 36, start + 900, end - 16, end - 1]) {
      expect(await loadWith('snapshot', flipped(before.snapshot, at))).toEqual(
        damaged('Frame 2 of the snapshot does not'),
      )
    }
  })

  it('with two frames of one length exchanged is damaged', async () => {
    const [first = 0, second = 0, third = 0] = borders(before.snapshot)
    const bytes = before.snapshot
    const parts = [bytes.subarray(0, first), bytes.subarray(second, third), bytes.subarray(first, second)]
    const exchanged = Buffer.concat([...parts, bytes.subarray(third)])
    expect(await loadWith('snapshot', exchanged)).toEqual(damaged('out of order'))
  })

  it('that lacks a frame, or has one twice, is damaged', async () => {
    const [first = 0, second = 0, third = 0] = borders(before.snapshot)
    const bytes = before.snapshot
    const lacking = Buffer.concat([bytes.subarray(0, first), bytes.subarray(second)])
    expect(await loadWith('snapshot', lacking)).toEqual(damaged('out of order'))
    const twice = Buffer.concat([bytes.subarray(0, third), bytes.subarray(second)])
    expect(await loadWith('snapshot', twice)).toEqual(damaged('out of order'))
  })

  it('with anything after its end is damaged', async () => {
    for (const more of [1, 16, 500]) {
      const loaded = await loadWith('snapshot', Buffer.concat([before.snapshot, Buffer.alloc(more)]))
      expect(loaded).toMatchObject({ state: 'damaged' })
    }
    const [first = 0] = borders(before.journal)
    const more = Buffer.concat([before.snapshot, before.journal.subarray(first)])
    expect(await loadWith('snapshot', more)).toMatchObject({ state: 'damaged' })
  })

  it.each([SNAPSHOT_ROWS - 1, SNAPSHOT_ROWS + 1, Number.NaN])('whose end states %d rows is damaged', async (rows) => {
    const content = Buffer.alloc(8)
    content.writeDoubleLE(rows)
    const context = {
      key: TEST_SHAPE.key,
      fileHeader: before.snapshot.subarray(0, FILE_HEADER_BYTES),
      rowBytes: ROW_BYTES,
    }
    const end = sealFrame(context, { kind: 'end', count: 1, number: 4 }, { position: SNAPSHOT_ROWS, content })
    const bytes = Buffer.concat([before.snapshot.subarray(0, borders(before.snapshot)[3]), end])
    expect(await loadWith('snapshot', bytes)).toEqual(damaged('does not have the rows'))
  })

  it('shorter than its first 64 bytes is damaged', async () => {
    for (const length of [0, 7, 63]) {
      expect(await loadWith('snapshot', before.snapshot.subarray(0, length))).toEqual(damaged('ends within its first'))
    }
  })
})

describe('a journal', () => {
  it('cut at a border of its frames, or within one, gives what is before, and goes on from there', async () => {
    const places = borders(before.journal)
    const positions = [SNAPSHOT_ROWS, ...[4, 5, 6, 7].map((more) => SNAPSHOT_ROWS + more)]
    expect(places).toHaveLength(positions.length)
    for (const [at, place] of places.entries()) {
      const next = places[at + 1] ?? place
      for (const end of [place, place + 1, place + 15, place + 16, place + 20, next - 1]) {
        if (end < place || (end > place && end >= next)) continue
        const loaded = await loadWith('journal', before.journal.subarray(0, end))
        expect(loaded).toMatchObject({ state: 'loaded', position: positions[at] })
        expect((await readFile(join(folder, 'journal'))).length).toBe(place)
      }
    }
  })

  it('cut within one call of many entries claims no more than it holds', async () => {
    const other = await folderOf(1, async (files) => {
      await files.appendAdded(recordsOf(2, 1500), 2000)
      const facts = Array.from({ length: 1500 }, (_, at) => factsOfRow(at + 1, 1))
      await files.appendFacts(facts, 4000)
    })
    const bytes = await readFile(join(other, 'journal'))
    for (const [at, position] of [1, 1025, 2000, 2000, 4000].entries()) {
      await writeFile(join(other, 'journal'), bytes.subarray(0, borders(bytes)[at]))
      expect((await loadFolder(other)).loaded).toMatchObject({ state: 'loaded', position })
    }
    await dropFolders([other])
  })

  it('with its last frame changed is cut before that frame', async () => {
    const places = borders(before.journal)
    const last = places.at(-2) as number
    for (const at of [last + 16, last + 40, before.journal.length - 1]) {
      expect(await loadWith('journal', flipped(before.journal, at))).toMatchObject({ position: SNAPSHOT_ROWS + 6 })
    }
  })

  it('with any byte before its last frame changed is damaged', async () => {
    const last = borders(before.journal).at(-2) as number
    await fc.assert(
      fc.asyncProperty(fc.nat(last - 1), async (at) => {
        expect(await loadWith('journal', flipped(before.journal, at))).toMatchObject({ state: 'damaged' })
      }),
      { numRuns: 60 },
    )
  })

  it('that lacks a frame is damaged', async () => {
    const [first = 0, second = 0] = borders(before.journal)
    const lacking = Buffer.concat([before.journal.subarray(0, first), before.journal.subarray(second)])
    expect(await loadWith('journal', lacking)).toEqual(damaged('out of order'))
  })

  it('that ends in zeros is damaged', async () => {
    expect(await loadWith('journal', Buffer.concat([before.journal, Buffer.alloc(100)]))).toEqual(
      damaged('has no frame header'),
    )
  })

  it('of another snapshot is damaged, an empty one too', async () => {
    const other = await folderOf(SNAPSHOT_ROWS)
    const journal = await readFile(join(other, 'journal'))
    await dropFolders([other])
    expect(await loadWith('journal', journal)).toEqual(damaged('continues another snapshot'))
  })

  it('in the place of the snapshot, and the other way round, is damaged', async () => {
    expect(await loadWith('snapshot', before.journal)).toEqual(damaged('not such a file'))
    expect(await loadWith('journal', before.snapshot)).toEqual(damaged('not such a file'))
  })

  it('without its snapshot, and a snapshot without its journal, is damaged', async () => {
    const other = await copyFolder(folder)
    await rm(join(other, 'snapshot'))
    expect((await loadFolder(other)).loaded).toEqual(damaged('without its snapshot'))
    await rm(join(folder, 'journal'))
    expect((await loadFolder(folder)).loaded).toEqual(damaged('without its journal'))
    await dropFolders([other])
  })

  it('frames of a snapshot do not open in it', async () => {
    const [first = 0, second = 0] = borders(before.snapshot)
    const frame = before.snapshot.subarray(first, second)
    const [start = 0, next = 0] = borders(before.journal)
    const bytes = Buffer.concat([before.journal.subarray(0, start), frame, before.journal.subarray(next)])
    expect(await loadWith('journal', bytes)).toEqual(damaged('does not open'))
  })
})

describe('files opened with something else', () => {
  it.each([
    ['key', { key: Buffer.alloc(32, 8) }, 'does not open'],
    ['model', { model: { sha256: 'ac'.repeat(32), dimension: 16 } }, 'another model'],
    ['dimension', { model: { sha256: 'ab'.repeat(32), dimension: 15 } }, 'another model'],
    ['length of a row', { rowBytes: 64 }, 'another length'],
  ])('another %s: damaged', async (_, change, words) => {
    expect((await loadFolder(folder, change)).loaded).toEqual(damaged(words))
    expect((await loadFolder(folder)).loaded).toMatchObject({ state: 'loaded' })
  })

  it('are built anew over the damage', async () => {
    await truncate(join(folder, 'snapshot'), 500)
    const files = await openTestFiles(folder)
    expect(await files.load(new RowsCopy())).toMatchObject({ state: 'damaged' })
    expect([files.writable, files.shouldRewrite()]).toEqual([false, true])
    expect(await files.rewrite(3, [recordsOf(1, 3)])).toBe(true)
    await files.close()
    expect((await loadFolder(folder)).loaded).toEqual({ state: 'loaded', position: 3, records: 3 })
  })
})
