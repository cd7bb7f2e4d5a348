import type { IndexTally } from './index-pair.ts'

const LEAST_ENTRIES = 4096
const MOST_FRAMES = 16_384
const SHARE = 8

/**
 * Whether a new snapshot pays: the journal holds over 4096 entries and an eighth of the snapshot, or over 16384 frames
 * (small ones take longer to open than their bytes), or over 4096 rows and an eighth of all are dead.
 */
export function rewritePays(tally: IndexTally): boolean {
  const rows = tally.snapshotRows + tally.journalRows
  if (tally.journalEntries > Math.max(LEAST_ENTRIES, tally.snapshotRows / SHARE)) return true
  return tally.journalFrames > MOST_FRAMES || tally.dead > Math.max(LEAST_ENTRIES, rows / SHARE)
}
