import { randomBytes } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { FILE_HEADER_BYTES, fileHeader, GENERATION_BYTES } from './file-header.ts'
import { dropDrafts, type IndexPaths, replaceFiles } from './index-folder.ts'
import { FRAME_ENTRIES, type FrameKind, sealFrame } from './index-frame.ts'
import { emptyTally, type IndexPair, type PairFile, placeFrame } from './index-pair.ts'
import type { FileName, IndexShape } from './index-shape.ts'
import { countDead, seqAt } from './record-places.ts'
import { writeAll } from './write-all.ts'

/** Whole records, any number at a time, seqs ascending over all of them. */
export type RecordPages = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * Writes a snapshot of a new generation and an empty journal as drafts, synced. Rows added after `position` are left
 * out: the journal brings them. A draft that cannot be completed is erased, and the files in use stay as they are.
 */
export async function draftPair(
  paths: IndexPaths,
  shape: IndexShape,
  position: number,
  pages: RecordPages,
): Promise<IndexPair> {
  const generation = randomBytes(GENERATION_BYTES)
  const made: FileHandle[] = []
  try {
    const snapshot = await makeFile('snapshot', paths.nextSnapshot, generation, shape, made)
    const journal = await makeFile('journal', paths.nextJournal, generation, shape, made)
    const pair: IndexPair = {
      snapshot,
      journal,
      places: [],
      tally: emptyTally(),
      lastRow: 0,
      position,
      journalEnd: FILE_HEADER_BYTES,
    }
    await writeSnapshot(pair, pages)
    for (const handle of made) await handle.sync()
    return pair
  } catch (error) {
    for (const handle of made) await handle.close()
    await dropDrafts(paths)
    throw error
  }
}

/** Puts drafts in their places. The files they replace must be closed. */
export async function placePair(paths: IndexPaths, pair: IndexPair): Promise<void> {
  try {
    await replaceFiles(paths)
  } catch (error) {
    await pair.snapshot.handle.close()
    await pair.journal.handle.close()
    throw error
  }
}

async function makeFile(
  name: FileName,
  path: string,
  generation: Buffer,
  shape: IndexShape,
  made: FileHandle[],
): Promise<PairFile> {
  const handle = await open(path, 'wx+', 0o600)
  made.push(handle)
  const header = fileHeader(name, generation, shape)
  await writeAll(handle, header, 0)
  return { name, handle, context: { key: shape.key, fileHeader: header, rowBytes: shape.rowBytes } }
}

async function writeSnapshot(pair: IndexPair, pages: RecordPages): Promise<void> {
  const { rowBytes } = pair.snapshot.context
  const frame = Buffer.alloc(FRAME_ENTRIES * rowBytes)
  let filled = 0
  let end = FILE_HEADER_BYTES
  let number = 0
  const write = async (kind: FrameKind, content: Buffer, count: number) => {
    number += 1
    end = await writeFrame(pair, end, { kind, count, number }, content)
  }
  for await (const page of pages) {
    const records = upTo(pair.position, page, rowBytes)
    for (let at = 0; at < records.length; ) {
      const part = records.subarray(at, at + frame.length - filled)
      part.copy(frame, filled)
      filled += part.length
      at += part.length
      if (filled < frame.length) continue
      await write('records', frame, FRAME_ENTRIES)
      filled = 0
    }
  }
  if (filled > 0) await write('records', frame.subarray(0, filled), filled / rowBytes)
  frame.fill(0)
  const rows = Buffer.alloc(8)
  rows.writeDoubleLE(pair.tally.snapshotRows)
  await write('end', rows, 1)
}

/** @returns where the next frame goes. */
async function writeFrame(
  pair: IndexPair,
  offset: number,
  header: { readonly kind: FrameKind; readonly count: number; readonly number: number },
  content: Buffer,
): Promise<number> {
  const { snapshot, tally } = pair
  const sealed = sealFrame(snapshot.context, header, { position: pair.position, content })
  await writeAll(snapshot.handle, sealed, offset)
  const place = placeFrame(snapshot, offset, header, content)
  if (place !== null) {
    pair.places.push(place)
    pair.lastRow = place.last
    tally.snapshotRows += header.count
    tally.dead += countDead(content, snapshot.context.rowBytes)
  }
  return offset + sealed.length
}

/** The records whose rows were added at or before `position`; they come in order, so the others are at the end. */
function upTo(position: number, page: Uint8Array, rowBytes: number): Buffer {
  const records = Buffer.from(page.buffer, page.byteOffset, page.byteLength)
  let end = records.length
  while (end > 0 && seqAt(records, end - rowBytes, rowBytes) > position) end -= rowBytes
  return records.subarray(0, end)
}
