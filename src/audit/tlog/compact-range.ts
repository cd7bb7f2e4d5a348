import { emptyRoot, leafHash, nodeHash } from './tree-hash.ts'

/** A perfect subtree: its leaves are `index * 2^level` up to, not including, `(index + 1) * 2^level`. */
export interface NodeAddress {
  readonly level: number
  readonly index: number
}

export interface TreeNode extends NodeAddress {
  readonly hash: Uint8Array
}

/** The addresses of the perfect subtrees that make a tree of `size` leaves, the largest (leftmost) first. */
export function frontierOf(size: number): readonly NodeAddress[] {
  return perfectNodes(0, size)
}

/** The perfect subtrees that make the leaves `start` up to, not including, `end`; `start` must be aligned. */
export function perfectNodes(start: number, end: number): readonly NodeAddress[] {
  const nodes: NodeAddress[] = []
  for (let from = start; from < end; ) {
    let level = 0
    while (from % 2 ** (level + 1) === 0 && from + 2 ** (level + 1) <= end) level += 1
    nodes.push({ level, index: from / 2 ** level })
    from += 2 ** level
  }
  return nodes
}

/** The hash of a subtree from its perfect parts, largest first. */
export function foldHashes(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 0) return emptyRoot()
  return parts.reduceRight((right, left) => nodeHash(left, right))
}

/**
 * A growing tree that keeps only its frontier: at most 53 hashes for any size.
 * `hashes` are those of `frontierOf(size)`, in that order.
 */
export class CompactRange {
  #size: number
  #hashes: Uint8Array[]

  constructor(size = 0, hashes: readonly Uint8Array[] = []) {
    if (frontierOf(size).length !== hashes.length) {
      throw new RangeError(`A tree of ${size} leaves does not have ${hashes.length} hashes in its frontier.`)
    }
    this.#size = size
    this.#hashes = [...hashes]
  }

  get size(): number {
    return this.#size
  }

  root(): Uint8Array {
    return foldHashes(this.#hashes)
  }

  /** Adds one leaf. Returns every node this completed: the leaf's own first, then upwards. */
  append(leaf: Uint8Array): readonly TreeNode[] {
    let node: TreeNode = { level: 0, index: this.#size, hash: leafHash(leaf) }
    const completed = [node]
    while (node.index % 2 === 1) {
      const left = this.#hashes.pop() as Uint8Array
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left, node.hash) }
      completed.push(node)
    }
    this.#hashes.push(node.hash)
    this.#size += 1
    return completed
  }
}
