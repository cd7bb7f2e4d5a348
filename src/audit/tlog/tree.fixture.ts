import { CompactRange, foldHashes, perfectNodes } from './compact-range.ts'
import type { LeafRange } from './proof.ts'

/** A whole tree kept in memory; for tests. */
export function memoryTree(leaves: readonly Uint8Array[]) {
  const tree = new CompactRange()
  const nodes = new Map<string, Uint8Array>()
  const roots = [tree.root()]
  for (const leaf of leaves) {
    for (const { level, index, hash } of tree.append(leaf)) nodes.set(`${level}/${index}`, hash)
    roots.push(tree.root())
  }
  const hashOf = ({ start, end }: LeafRange) =>
    foldHashes(perfectNodes(start, end).map(({ level, index }) => nodes.get(`${level}/${index}`) as Uint8Array))
  return {
    root: (size: number) => roots[size] as Uint8Array,
    hash: hashOf,
    path: (ranges: readonly LeafRange[]) => ranges.map(hashOf),
  }
}
