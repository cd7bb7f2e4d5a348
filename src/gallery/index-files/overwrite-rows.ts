import { open, readFile, rm } from 'node:fs/promises'
import { FILE_HEADER_BYTES } from './file-header.ts'
import { IndexDamage } from './index-damage.ts'
import { type IndexPaths, syncFolder } from './index-folder.ts'
import {
  FACTS_ENTRY_BYTES,
  FRAME_HEADER_BYTES,
  frameBytes,
  openFrame,
  readFrameHeader,
  sealFrame,
} from './index-frame.ts'
import type { FramePlace, IndexPair, PairFile } from './index-pair.ts'
import { eraseBytes, eraseRecord, seqAt } from './record-places.ts'
import { writeAll } from './write-all.ts'

// Before each frame of the side file: the header of the file it belongs to, and its place there (f64).
const PLACE_BYTES = FILE_HEADER_BYTES + 8
const FRAMES_AT_ONCE = 16

interface Patch {
  readonly file: PairFile
  readonly offset: number
  readonly frame: Buffer
}

/**
 * Overwrites rows with zeros, all but their seq, wherever the two files hold their records or facts, and syncs: each
 * frame is sealed anew with a new nonce and written over the old one. The new frames go to a side file first, so that a
 * write cut short is finished when the files are opened next.
 * @throws IndexDamage when a frame that may hold such a row does not open.
 */
export async function overwriteRows(pair: IndexPair, paths: IndexPaths, rows: readonly number[]): Promise<void> {
  const wanted = Float64Array.from(rows).sort()
  const places = pair.places.filter((place) => holdsAny(place, wanted))
  for (let from = 0; from < places.length; from += FRAMES_AT_ONCE) {
    const patches: Patch[] = []
    for (const place of places.slice(from, from + FRAMES_AT_ONCE)) {
      const patch = await patchFrame(pair, place, new Set(wanted))
      if (patch !== null) patches.push(patch)
    }
    if (patches.length > 0) await writePatches(patches, paths)
  }
}

function holdsAny(place: FramePlace, sorted: Float64Array): boolean {
  let low = 0
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < place.first) low = middle + 1
    else high = middle
  }
  return low < sorted.length && (sorted[low] as number) <= place.last
}

/** The frame without those rows; null when it holds nothing of them. */
async function patchFrame(pair: IndexPair, place: FramePlace, rows: ReadonlySet<number>): Promise<Patch | null> {
  const file = pair[place.file]
  const sealed = Buffer.alloc(frameBytes(place.header, file.context.rowBytes))
  const { bytesRead } = await file.handle.read(sealed, 0, sealed.length, place.offset)
  const clear = bytesRead === sealed.length ? openFrame(file.context, sealed) : null
  if (clear === null) throw new IndexDamage(`Frame ${place.header.number} of the ${file.name} does not open.`)
  const erased = eraseRows(clear.content, place, rows, file.context.rowBytes)
  if (place.header.kind === 'records') pair.tally.dead += erased
  const frame = erased > 0 ? sealFrame(file.context, place.header, clear) : null
  clear.content.fill(0)
  return frame === null ? null : { file, offset: place.offset, frame }
}

/** @returns how many entries had something to erase. */
function eraseRows(content: Buffer, place: FramePlace, rows: ReadonlySet<number>, rowBytes: number): number {
  let erased = 0
  const facts = place.header.kind === 'facts'
  const step = facts ? FACTS_ENTRY_BYTES : rowBytes
  for (let at = 0; at < content.length; at += step) {
    if (!rows.has(facts ? content.readDoubleLE(at) : seqAt(content, at, rowBytes))) continue
    const done = facts ? eraseBytes(content, at + 8, at + step) : eraseRecord(content, at, rowBytes)
    if (done) erased += 1
  }
  return erased
}

async function writePatches(patches: readonly Patch[], paths: IndexPaths): Promise<void> {
  const parts = patches.flatMap(({ file, offset, frame }) => {
    const place = Buffer.alloc(8)
    place.writeDoubleLE(offset)
    return [file.context.fileHeader, place, frame]
  })
  const side = await open(paths.patch, 'w', 0o600)
  try {
    await writeAll(side, Buffer.concat(parts), 0)
    await side.sync()
  } finally {
    await side.close()
  }
  await syncFolder(paths.folder)
  await writeInPlace(patches)
  await rm(paths.patch, { force: true })
}

async function writeInPlace(patches: readonly Patch[]): Promise<void> {
  for (const { file, offset, frame } of patches) await writeAll(file.handle, frame, offset)
  for (const handle of new Set(patches.map(({ file }) => file.handle))) await handle.sync()
}

/**
 * Finishes the write that a side file is left of, or throws the side file away when it does not hold whole frames of
 * these two files: then nothing was written in place yet.
 * @param files both files, open for writing, their headers read
 */
export async function finishPatches(files: readonly PairFile[], paths: IndexPaths): Promise<void> {
  const bytes = await readFile(paths.patch).catch(() => null)
  if (bytes === null) return
  const patches = await readPatches(bytes, files)
  if (patches !== null) await writeInPlace(patches)
  await rm(paths.patch, { force: true })
}

async function readPatches(bytes: Buffer, files: readonly PairFile[]): Promise<readonly Patch[] | null> {
  const patches: Patch[] = []
  for (let at = 0; at < bytes.length; ) {
    const header = bytes.subarray(at, at + FILE_HEADER_BYTES)
    const file = files.find(({ context }) => context.fileHeader.equals(header))
    const start = at + PLACE_BYTES
    if (file === undefined || bytes.length < start + FRAME_HEADER_BYTES) return null
    const offset = bytes.readDoubleLE(at + FILE_HEADER_BYTES)
    const frame = await readPatch(bytes.subarray(start), file, offset)
    if (frame === null) return null
    patches.push({ file, offset, frame })
    at = start + frame.length
  }
  return patches
}

/** The frame at the front of these bytes, if it opens and is the one whose header stands at its place in the file. */
async function readPatch(bytes: Buffer, file: PairFile, offset: number): Promise<Buffer | null> {
  const header = readFrameHeader(bytes)
  if (header === null || !Number.isSafeInteger(offset) || offset < FILE_HEADER_BYTES) return null
  const frame = bytes.subarray(0, frameBytes(header, file.context.rowBytes))
  if (frame.length < frameBytes(header, file.context.rowBytes) || openFrame(file.context, frame) === null) return null
  const there = Buffer.alloc(FRAME_HEADER_BYTES)
  await file.handle.read(there, 0, FRAME_HEADER_BYTES, offset)
  return there.equals(frame.subarray(0, FRAME_HEADER_BYTES)) ? frame : null
}
