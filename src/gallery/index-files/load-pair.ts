import { type FileHandle, open } from 'node:fs/promises'
import { FILE_HEADER_BYTES, readFileHeader } from './file-header.ts'
import { IndexDamage } from './index-damage.ts'
import type { IndexPaths } from './index-folder.ts'
import { FACTS_ENTRY_BYTES, type FrameContext, type FrameKind } from './index-frame.ts'
import { emptyTally, type IndexPair, type PairFile, placeFrame } from './index-pair.ts'
import type { FileName, IndexShape } from './index-shape.ts'
import { finishPatches } from './overwrite-rows.ts'
import { type ReadFrame, readFrames, readStart, unreadable } from './read-frames.ts'
import { countDead } from './record-places.ts'

/** A change of a row that was handed over before, from the journal. */
export type StoredChange =
  | {
      readonly kind: 'facts'
      /** The row's seq. */
      readonly row: number
      /** 12 bytes as they lie in a record: source, birth year, booked day, sex, flags, two zero bytes. */
      readonly facts: Uint8Array
    }
  | { readonly kind: 'removed'; readonly row: number }

/** Takes what the files hold, in their order; bytes are good until the call, or what it promises, has ended. */
export interface IndexSink {
  /** Whole records, seqs ascending over all calls; dead ones included. */
  readonly onRecords: (records: Uint8Array) => void | Promise<void>
  readonly onChange: (change: StoredChange) => void
}

const ALLOWED = {
  snapshot: ['records', 'end'],
  journal: ['records', 'facts', 'removed', 'position'],
} as const satisfies Record<FileName, readonly FrameKind[]>

/**
 * Opens both files, finishes a write that was cut short (where they are opened to be written) and hands over what they hold. What was handed over is worthless when this throws.
 * @returns null when there is no snapshot.
 * @throws IndexDamage, and whatever the sink throws.
 */
export async function loadPair(
  paths: IndexPaths,
  shape: IndexShape,
  flags: 'r' | 'r+',
  sink: IndexSink,
): Promise<IndexPair | null> {
  const handles: FileHandle[] = []
  try {
    const snapshot = await openFile('snapshot', paths.snapshot, flags, handles)
    const journal = await openFile('journal', paths.journal, flags, handles)
    if (snapshot === null && journal === null) return null
    if (snapshot === null) throw new IndexDamage('There is a journal without its snapshot.')
    if (journal === null) throw new IndexDamage('There is a snapshot without its journal.')
    const pair = await readHeaders(snapshot, journal, shape)
    if (flags === 'r+') await finish(pair, paths)
    await loadSnapshot(pair, sink)
    await loadJournal(pair, sink)
    handles.length = 0
    return pair
  } finally {
    for (const handle of handles) await handle.close()
  }
}

async function openFile(
  name: FileName,
  path: string,
  flags: string,
  handles: FileHandle[],
): Promise<FileHandle | null> {
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw unreadable(name, error)
  })
  if (handle !== null) handles.push(handle)
  return handle
}

async function readHeaders(snapshot: FileHandle, journal: FileHandle, shape: IndexShape): Promise<IndexPair> {
  const starts = [await readStart('snapshot', snapshot), await readStart('journal', journal)] as const
  const generation = readFileHeader('snapshot', starts[0], shape)
  const continues = readFileHeader('journal', starts[1], shape)
  if (!generation.equals(continues)) throw new IndexDamage('The journal continues another snapshot.')
  const context = (header: Buffer): FrameContext => ({
    key: shape.key,
    fileHeader: Buffer.from(header),
    rowBytes: shape.rowBytes,
  })
  return {
    snapshot: { name: 'snapshot', handle: snapshot, context: context(starts[0]) },
    journal: { name: 'journal', handle: journal, context: context(starts[1]) },
    places: [],
    tally: emptyTally(),
    lastRow: 0,
    position: 0,
    journalEnd: FILE_HEADER_BYTES,
  }
}

async function finish(pair: IndexPair, paths: IndexPaths): Promise<void> {
  await finishPatches([pair.snapshot, pair.journal], paths).catch((error: unknown) => {
    throw unreadable('side file', error)
  })
}

async function loadSnapshot(pair: IndexPair, sink: IndexSink): Promise<void> {
  let rows = -1
  for await (const frame of readFrames(pair.snapshot)) {
    if (rows !== -1) throw new IndexDamage('The snapshot goes on after its end.')
    await takeFrame(pair, pair.snapshot, frame, sink)
    if (frame.header.kind === 'end') rows = frame.content.readDoubleLE(0)
    else pair.tally.snapshotRows += frame.header.count
  }
  if (rows === -1) throw new IndexDamage('The snapshot has no end: it was cut short.')
  if (rows !== pair.tally.snapshotRows)
    throw new IndexDamage('The snapshot does not have the rows that its end states.')
}

async function loadJournal(pair: IndexPair, sink: IndexSink): Promise<void> {
  for await (const frame of readFrames(pair.journal)) {
    await takeFrame(pair, pair.journal, frame, sink)
    if (frame.header.kind === 'records') pair.tally.journalRows += frame.header.count
    pair.tally.journalEntries += frame.header.count
    pair.tally.journalFrames += 1
    pair.journalEnd = frame.offset + frame.bytes
  }
}

async function takeFrame(pair: IndexPair, file: PairFile, frame: ReadFrame, sink: IndexSink): Promise<void> {
  const { header, content } = frame
  const allowed: readonly FrameKind[] = ALLOWED[file.name]
  if (!allowed.includes(header.kind)) throw new IndexDamage(`The ${file.name} holds a frame that is not its own.`)
  const place = placeFrame(file, frame.offset, header, content)
  if (header.kind === 'records' && place !== null) {
    if (place.first <= pair.lastRow) throw new IndexDamage('Rows are out of order.')
    pair.lastRow = place.last
    pair.tally.dead += countDead(content, file.context.rowBytes)
    await sink.onRecords(content)
  }
  if (place !== null) pair.places.push(place)
  if (header.kind === 'facts') giveFacts(content, sink)
  if (header.kind === 'removed') giveRemoved(content, sink)
  pair.position = frame.position
}

/** Facts of a row that was removed later are zeros: there is nothing to hand over. */
function giveFacts(content: Buffer, sink: IndexSink): void {
  for (let at = 0; at < content.length; at += FACTS_ENTRY_BYTES) {
    const facts = content.subarray(at + 8, at + FACTS_ENTRY_BYTES)
    if (facts.some((byte) => byte !== 0)) sink.onChange({ kind: 'facts', row: content.readDoubleLE(at), facts })
  }
}

function giveRemoved(content: Buffer, sink: IndexSink): void {
  for (let at = 0; at < content.length; at += 8) sink.onChange({ kind: 'removed', row: content.readDoubleLE(at) })
}
