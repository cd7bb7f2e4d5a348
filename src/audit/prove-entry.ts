import { done, type Outcome, refuse } from '../base/index.ts'
import { readTree } from './records.ts'
import { checkpointOfSize, rangeHashes } from './records-read.ts'
import { type LogContext, signCheckpoint } from './sign-checkpoint.ts'
import { inclusionRanges } from './tlog/proof.ts'

/** That entry `seq` is in the log of `size` entries: check with RFC 9162 section 2.1.3.2. */
export interface InclusionProof {
  readonly seq: number
  readonly size: number
  /** 64 hex digits each. */
  readonly leafHash: string
  readonly root: string
  readonly path: readonly string[]
  /** The signed checkpoint of that size; null when none was signed. */
  readonly checkpoint: string | null
}

/** Proves an entry against the log of `size` entries; without a size, against a checkpoint signed now. */
export function proveEntry(
  context: LogContext,
  seq: number,
  size?: number,
): Promise<Outcome<InclusionProof, 'entry_not_found' | 'size_not_reached'>> {
  return context.store.transaction({ agency: null }, async (tx) => {
    const reached = (await readTree(tx)).size
    const end = size ?? (await signCheckpoint(tx, context)).size
    if (!Number.isSafeInteger(end) || end < 1 || end > reached) {
      return refuse('size_not_reached', `The log has ${reached} entries.`, `Ask for a size from 1 to ${reached}.`)
    }
    if (!Number.isSafeInteger(seq) || seq < 0 || seq >= end) {
      return refuse('entry_not_found', `Entry ${seq} is not among the first ${end}.`, `Ask for 0 to ${end - 1}.`)
    }
    const ranges = [{ start: seq, end: seq + 1 }, { start: 0, end }, ...inclusionRanges(seq, end)]
    const hashes = await rangeHashes(tx, ranges)
    const [leafHash = '', root = '', ...path] = hashes.map((hash) => Buffer.from(hash).toString('hex'))
    const checkpoint = (await checkpointOfSize(tx, end))?.note ?? null
    return done({ seq, size: end, leafHash, root, path, checkpoint })
  })
}
