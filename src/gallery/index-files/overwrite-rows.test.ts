import { open, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileHeader, readFileHeader } from './file-header.ts'
import type { FileName } from './index-shape.ts'
import { type ReadFrame, readFrames } from './read-frames.ts'
import {
  allBytes,
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

const made: string[] = []
let folder: string

beforeEach(async () => {
  folder = await folderOf(1500, async (files) => {
    await files.appendAdded(recordsOf(1501, 100), 1600)
    await files.appendFacts([factsOfRow(9, 1), factsOfRow(1550, 1), factsOfRow(30, 1)], 1601)
  })
  made.push(folder)
})
afterEach(() => dropFolders(made.splice(0)))

async function remove(rows: readonly number[], position: number): Promise<boolean> {
  const files = await openTestFiles(folder)
  await files.load(new RowsCopy())
  const kept = await files.removeRows(rows, position)
  await files.close()
  return kept
}

/** All frames of a file, opened. */
async function framesOf(name: FileName, from = folder): Promise<ReadFrame[]> {
  const handle = await open(join(from, name))
  const header = (await readFile(join(from, name))).subarray(0, 64)
  const context = { key: TEST_SHAPE.key, fileHeader: header, rowBytes: ROW_BYTES }
  const frames: ReadFrame[] = []
  for await (const frame of readFrames({ name, handle, context })) frames.push(frame)
  await handle.close()
  return frames
}

async function clearBytes(): Promise<Buffer> {
  const frames = [...(await framesOf('snapshot')), ...(await framesOf('journal'))]
  return Buffer.concat(frames.map((frame) => frame.content))
}

async function sealedFrame(name: FileName, at: number, from = folder): Promise<{ offset: number; sealed: Buffer }> {
  const { offset, bytes } = (await framesOf(name, from))[at] as ReadFrame
  return { offset, sealed: (await readFile(join(from, name))).subarray(offset, offset + bytes) }
}

describe('a removed row', () => {
  it.each([
    ['the snapshot', 9],
    ['the journal', 1550],
    ['the last frame of the snapshot', 1500],
  ])('of %s leaves nothing in the opened frames but its seq, its facts in the journal included', async (_, row) => {
    const traces = [recordOf(row).subarray(0, 40), recordOf(row).subarray(0, 16), recordOf(row).subarray(16, 28)]
    for (const trace of traces) expect((await clearBytes()).includes(trace)).toBe(true)
    const changed = recordOf(row, 1).subarray(28, 38)
    expect((await clearBytes()).includes(changed)).toBe(row !== 1500)
    expect(await remove([row], 1602)).toBe(true)
    for (const trace of [...traces, changed]) expect((await clearBytes()).includes(trace)).toBe(false)
    const { loaded, copy } = await loadFolder(folder)
    expect(loaded).toEqual({ state: 'loaded', position: 1602, records: 1600 })
    expect(copy.seqs).toHaveLength(1600)
    expect(copy.rows.size).toBe(1599)
    expect(copy.rows.has(row)).toBe(false)
  })

  it.each<[FileName, number, number]>([
    ['snapshot', 0, 9],
    ['snapshot', 1, 1499],
    ['journal', 0, 1550],
    ['journal', 1, 1550],
  ])('takes the old sealed bytes of its frame out of the folder: %s, frame %i', async (name, frame, row) => {
    const old = (await sealedFrame(name, frame)).sealed
    await remove([row], 1602)
    const all = await allBytes(folder)
    for (let at = 16; at + 12 <= old.length; at += 7) expect(all.includes(old.subarray(at, at + 12))).toBe(false)
  })

  it('leaves every other row and every other frame as it was', async () => {
    const before = await loadFolder(folder)
    const other = await sealedFrame('snapshot', 1)
    await remove([9, 10, 1550], 1602)
    const after = await loadFolder(folder)
    for (const row of [9, 10, 1550]) before.copy.rows.delete(row)
    expect(after.copy.text()).toEqual(before.copy.text())
    expect(await sealedFrame('snapshot', 1)).toEqual(other)
  })

  it('may be removed again, and a row that never was may be removed: only the position moves', async () => {
    await remove([9], 1602)
    const frame = await sealedFrame('snapshot', 0)
    expect(await remove([9, 99_999], 1603)).toBe(true)
    expect(await sealedFrame('snapshot', 0)).toEqual(frame)
    expect((await loadFolder(folder)).loaded).toMatchObject({ position: 1603 })
  })

  it('counts as dead, until the next snapshot leaves it out', async () => {
    const files = await openTestFiles(folder)
    await files.load(new RowsCopy())
    await files.removeRows(
      Array.from({ length: 1500 }, (_, at) => at + 1),
      1602,
    )
    await files.rewrite(1602, [recordsOf(1501, 100)])
    await files.close()
    expect((await loadFolder(folder)).loaded).toEqual({ state: 'loaded', position: 1602, records: 100 })
  })

  it('in a frame that no longer opens stops the files and asks for a new snapshot', async () => {
    const files = await openTestFiles(folder)
    await files.load(new RowsCopy())
    const bytes = await readFile(join(folder, 'snapshot'))
    bytes[300] = (bytes[300] as number) ^ 1
    await writeFile(join(folder, 'snapshot'), bytes)
    expect(await files.removeRows([9], 1602)).toBe(false)
    expect([files.writable, files.shouldRewrite()]).toEqual([false, true])
    expect(await files.appendPosition(1603)).toBe(false)
    expect(await files.rewrite(1603, [recordsOf(1, 5)])).toBe(true)
    expect(files.writable).toBe(true)
    await files.close()
    expect((await loadFolder(folder)).loaded).toMatchObject({ position: 1603 })
  })
})

describe('a side file', () => {
  /** The side file that the removal of rows 9 and 1550 writes, and the folders before and after it. */
  async function sideFile() {
    const old = await copyFolder(folder)
    made.push(old)
    await remove([9, 1550], 1602)
    const parts: Buffer[] = []
    for (const [name, at] of [['snapshot', 0] as const, ['journal', 0] as const, ['journal', 1] as const]) {
      const { offset, sealed } = await sealedFrame(name, at)
      const place = Buffer.alloc(8)
      place.writeDoubleLE(offset)
      parts.push((await readFile(join(folder, name))).subarray(0, 64), place, sealed)
    }
    return { old, side: Buffer.concat(parts) }
  }

  const without = (seqs: readonly number[]) =>
    Array.from({ length: 1600 }, (_, at) => at + 1).filter((seq) => !seqs.includes(seq))

  it('left by a write cut short is finished, wherever the write in place ended', async () => {
    const { old, side } = await sideFile()
    const { offset, sealed } = await sealedFrame('snapshot', 0)
    for (const written of [0, 1, 16, 20, 28, 5000, sealed.length - 1, sealed.length]) {
      const torn = await copyFolder(old)
      made.push(torn)
      const handle = await open(join(torn, 'snapshot'), 'r+')
      await handle.write(sealed, 0, written, offset)
      await handle.close()
      await writeFile(join(torn, 'frame.tmp'), side)
      const { loaded, copy } = await loadFolder(torn)
      expect(loaded).toMatchObject({ state: 'loaded', position: 1601 })
      expect([...copy.rows.keys()]).toEqual(without([9, 1550]))
      expect(await readdir(torn)).not.toContain('frame.tmp')
    }
  })

  it('that was itself cut short, changed or of other files is thrown away: nothing was written in place', async () => {
    const { old, side } = await sideFile()
    const changed = Buffer.from(side)
    changed[side.length - 1] = (changed[side.length - 1] as number) ^ 1
    const moved = Buffer.from(side)
    moved.writeDoubleLE(65, 64)
    const nowhere = Buffer.from(side)
    nowhere.writeDoubleLE(-1, 64)
    const other = Buffer.concat([fileHeader('snapshot', Buffer.alloc(16), TEST_SHAPE), side.subarray(64)])
    const cuts = [0, 10, 64, 71, 72, 80, 88, 4000, side.length - 1].map((length) => side.subarray(0, length))
    for (const bytes of [...cuts, changed, moved, nowhere, other]) {
      const torn = await copyFolder(old)
      made.push(torn)
      await writeFile(join(torn, 'frame.tmp'), bytes)
      const { loaded, copy } = await loadFolder(torn)
      expect(loaded).toMatchObject({ state: 'loaded', position: 1601 })
      expect([...copy.rows.keys()]).toEqual(without([]))
      expect(await readdir(torn)).not.toContain('frame.tmp')
    }
  })

  it('of many frames is written in turns: rows of 40 frames are removed in one call', async () => {
    const many = await folderOf(1, async (files) => {
      for (let seq = 2; seq <= 41; seq += 1) await files.appendAdded(recordOf(seq), seq)
      await files.removeRows(
        Array.from({ length: 40 }, (_, at) => at + 2),
        42,
      )
    })
    made.push(many)
    expect([...(await loadFolder(many)).copy.rows.keys()]).toEqual([1])
    const opened = Buffer.concat((await framesOf('journal', many)).map((frame) => frame.content))
    for (let seq = 2; seq <= 41; seq += 1) expect(opened.includes(recordOf(seq).subarray(0, 16))).toBe(false)
  })
})

describe('the header of a file', () => {
  it('is read as it was written', () => {
    const generation = Buffer.from('0123456789abcdef')
    for (const name of ['snapshot', 'journal'] as const) {
      expect(readFileHeader(name, fileHeader(name, generation, TEST_SHAPE), TEST_SHAPE)).toEqual(generation)
    }
  })
})
