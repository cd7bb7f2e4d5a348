import type { FileHandle } from 'node:fs/promises'
import { FACTS_ENTRY_BYTES, type FrameContext, type FrameHeader } from './index-frame.ts'
import type { FileName } from './index-shape.ts'
import { seqAt } from './record-places.ts'

/** A snapshot and the journal that continues it, open. */
export interface IndexPair {
  readonly snapshot: PairFile
  readonly journal: PairFile
  /** Every frame that holds something of a row. */
  readonly places: FramePlace[]
  readonly tally: IndexTally
  /** Seq of the last record; 0 before the first. */
  lastRow: number
  /** The last change that both files hold. */
  position: number
  /** Where the next journal frame goes, bytes. */
  journalEnd: number
}

export interface PairFile {
  readonly name: FileName
  readonly handle: FileHandle
  readonly context: FrameContext
}

/** What tells when a new snapshot pays. */
export interface IndexTally {
  /** Records in the snapshot, dead ones included. */
  snapshotRows: number
  /** Records in the journal. */
  journalRows: number
  /** Entries of journal frames: records, facts, removals. */
  journalEntries: number
  journalFrames: number
  /** Dead records in both files. */
  dead: number
}

export interface FramePlace {
  readonly file: FileName
  readonly offset: number
  readonly header: FrameHeader
  /** Lowest and highest seq of a row in it. */
  readonly first: number
  readonly last: number
}

export function emptyTally(): IndexTally {
  return { snapshotRows: 0, journalRows: 0, journalEntries: 0, journalFrames: 0, dead: 0 }
}

/** Where a frame is and which rows it can hold; null for a frame that holds nothing of a row. */
export function placeFrame(file: PairFile, offset: number, header: FrameHeader, content: Buffer): FramePlace | null {
  const { rowBytes } = file.context
  if (header.count === 0) return null
  if (header.kind === 'records') {
    const last = seqAt(content, content.length - rowBytes, rowBytes)
    return { file: file.name, offset, header, first: seqAt(content, 0, rowBytes), last }
  }
  if (header.kind !== 'facts') return null
  const rows = Array.from({ length: header.count }, (_, at) => content.readDoubleLE(at * FACTS_ENTRY_BYTES))
  return { file: file.name, offset, header, first: Math.min(...rows), last: Math.max(...rows) }
}
