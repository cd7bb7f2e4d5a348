import type { Tx } from '../store/index.ts'
import type { ActName } from './acts.ts'
import { firstPlaced } from './records-read.ts'
import { leafHash } from './tlog/tree-hash.ts'

/** Where an entry stands. */
export interface EntryPlace {
  /** 0-based place in the log. */
  readonly seq: number
  /** 64 hex digits. */
  readonly leafHash: string
}

/**
 * Where the first entry of an act about each of these records stands. Those that have no place yet, for a moment after
 * their commit, are left out.
 */
export async function placedEntries(
  tx: Tx,
  act: ActName,
  abouts: readonly string[],
): Promise<ReadonlyMap<string, EntryPlace>> {
  const rows = await firstPlaced(tx, act, abouts)
  return new Map(rows.map(({ about, seq, leaf }) => [about, { seq, leafHash: hexHash(leaf) }]))
}

function hexHash(leaf: string): string {
  return Buffer.from(leafHash(Buffer.from(leaf))).toString('hex')
}
