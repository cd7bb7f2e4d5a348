import { type Clock, toStamp } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import type { ActName } from './acts.ts'
import { entryText, type NewEntry } from './entry.ts'
import { insertEntry, lockTree } from './records.ts'
import type { TreeNode } from './tlog/compact-range.ts'

export interface Appended {
  /** 0-based place in the log. */
  readonly seq: number
  /** 64 hex digits. */
  readonly leafHash: string
}

/**
 * Writes one entry inside the caller's transaction: it is there if and only if the act's record is.
 * Call it after the act's own writes: it holds the log's lock until the transaction ends.
 * @throws AuditError `entry_unfit` when the registry does not allow the entry.
 */
export async function append<A extends ActName>(
  tx: Tx,
  deps: { readonly clock: Clock },
  entry: NewEntry<A>,
): Promise<Appended> {
  const tree = await lockTree(tx)
  const seq = tree.size
  const text = entryText(entry, seq, toStamp(deps.clock.now()))
  const nodes = tree.append(Buffer.from(text))
  await insertEntry(tx, seq, text, nodes)
  return { seq, leafHash: hexOf(nodes[0]) }
}

function hexOf(node: TreeNode | undefined): string {
  return Buffer.from(node?.hash ?? []).toString('hex')
}
