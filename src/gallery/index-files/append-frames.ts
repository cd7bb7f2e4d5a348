import { FACTS_ENTRY_BYTES, FRAME_ENTRIES, type FrameHeader, type FrameKind, sealFrame } from './index-frame.ts'
import { type IndexPair, placeFrame } from './index-pair.ts'
import { FACTS_BYTES, seqAt } from './record-places.ts'
import { writeAll } from './write-all.ts'

/** New facts of a row, as they lie in its record (`factsOf`). */
export interface StoredFacts {
  /** The row's seq. */
  readonly row: number
  readonly facts: Uint8Array
}

interface Entries {
  readonly kind: FrameKind
  readonly content: Buffer
  readonly entryBytes: number
}

/**
 * Adds entries to the end of the journal, up to 1024 a frame. Only the last frame has the new position: records before
 * it have that of their last row, other changes the one before, so that a torn end never claims more than it holds.
 * Not synced: what a power cut takes, the database gives again.
 */
async function appendFrames(pair: IndexPair, entries: Entries, position: number): Promise<void> {
  if (position < pair.position) throw new RangeError('Positions do not go back.')
  const { journal, tally } = pair
  const frames = sealEntries(pair, entries, position)
  const sealed = frames.map((frame) => frame.sealed)
  await writeAll(journal.handle, Buffer.concat(sealed), pair.journalEnd)
  for (const {
    header,
    part,
    sealed: { length },
  } of frames) {
    const place = placeFrame(journal, pair.journalEnd, header, part)
    if (place !== null) pair.places.push(place)
    if (place !== null && header.kind === 'records') pair.lastRow = place.last
    if (header.kind === 'records') tally.journalRows += header.count
    tally.journalEntries += header.count
    pair.journalEnd += length
  }
  tally.journalFrames += frames.length
  pair.position = position
}

interface NewFrame {
  readonly header: FrameHeader
  readonly part: Buffer
  readonly sealed: Buffer
}

function sealEntries(pair: IndexPair, entries: Entries, position: number): readonly NewFrame[] {
  const { kind, content, entryBytes } = entries
  const count = entryBytes === 0 ? 0 : content.length / entryBytes
  const frames = Math.max(1, Math.ceil(count / FRAME_ENTRIES))
  return Array.from({ length: frames }, (_, at) => {
    const first = at * FRAME_ENTRIES
    const part = content.subarray(first * entryBytes, (first + FRAME_ENTRIES) * entryBytes)
    const number = pair.tally.journalFrames + at + 1
    const header = { kind, count: Math.min(FRAME_ENTRIES, count - first), number }
    const before = kind === 'records' ? seqAt(part, part.length - entryBytes, entryBytes) : pair.position
    const reached = at === frames - 1 ? position : before
    const sealed = sealFrame(pair.journal.context, header, { position: reached, content: part })
    return { header, part, sealed }
  })
}

export async function appendRecords(pair: IndexPair, records: Buffer, position: number): Promise<void> {
  const { rowBytes } = pair.journal.context
  if (seqAt(records, 0, rowBytes) <= pair.lastRow) throw new RangeError('Rows come in the order of their seqs.')
  await appendFrames(pair, { kind: 'records', content: records, entryBytes: rowBytes }, position)
}

export async function appendStoredFacts(pair: IndexPair, changes: readonly StoredFacts[], position: number) {
  const content = Buffer.alloc(changes.length * FACTS_ENTRY_BYTES)
  for (const [at, { row, facts }] of changes.entries()) {
    content.writeDoubleLE(row, at * FACTS_ENTRY_BYTES)
    content.set(facts.subarray(0, FACTS_BYTES), at * FACTS_ENTRY_BYTES + 8)
  }
  await appendFrames(pair, { kind: 'facts', content, entryBytes: FACTS_ENTRY_BYTES }, position)
}

export async function appendRemoved(pair: IndexPair, rows: readonly number[], position: number): Promise<void> {
  const content = Buffer.alloc(rows.length * 8)
  for (const [at, row] of rows.entries()) content.writeDoubleLE(row, at * 8)
  await appendFrames(pair, { kind: 'removed', content, entryBytes: 8 }, position)
}

export async function appendNothing(pair: IndexPair, position: number): Promise<void> {
  await appendFrames(pair, { kind: 'position', content: Buffer.alloc(0), entryBytes: 0 }, position)
}
