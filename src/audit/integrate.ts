import type { Store, Tx } from '../store/index.ts'
import { placedText } from './entry.ts'
import { lockTree, placeEntries, waitingEntries } from './records.ts'
import type { TreeNode } from './tlog/compact-range.ts'

/** Entries that get their places in one transaction. */
const BATCH = 2000

/**
 * Gives every committed entry that waits its place in the tree. One process at a time does it (an advisory lock); the
 * others find nothing left to do. Any process may call it at any time: places are given once.
 * @returns how many entries the log has then
 */
export async function integrate(store: Pick<Store, 'transaction'>): Promise<number> {
  for (;;) {
    const { size, full } = await store.transaction({ agency: null }, integrateBatch)
    if (!full) return size
  }
}

async function integrateBatch(tx: Tx): Promise<{ readonly size: number; readonly full: boolean }> {
  const tree = await lockTree(tx)
  const waiting = await waitingEntries(tx, BATCH)
  if (waiting.length === 0) return { size: tree.size, full: false }
  const nodes: TreeNode[] = []
  const first = tree.size
  for (const { leaf } of waiting) nodes.push(...tree.append(Buffer.from(placedText(leaf, tree.size))))
  const ids = waiting.map(({ id }) => id)
  await placeEntries(tx, ids, first, nodes)
  return { size: tree.size, full: waiting.length === BATCH }
}
