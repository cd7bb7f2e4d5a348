import { type Bytes, joinBytes, sha256 } from './bytes.ts'

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** RFC 6962: SHA-256 over 0x00 and the entry. */
export function leafHash(entry: Uint8Array): Promise<Bytes> {
  return sha256(joinBytes(LEAF, entry))
}

/** RFC 6962: SHA-256 over 0x01, left, right. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(joinBytes(NODE, left, right))
}

/** The root of a tree that grows leaf by leaf, in memory that grows with the logarithm of its size. */
export class GrowingTree {
  #size = 0
  /** Roots of the full subtrees, largest first: one for every 1 in the binary size. */
  readonly #peaks: Bytes[] = []

  get size(): number {
    return this.#size
  }

  async append(leaf: Bytes): Promise<void> {
    let node = leaf
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = this.#peaks.pop()
      if (left === undefined) throw new RangeError('the peaks of the tree do not fit its size')
      node = await nodeHash(left, node)
    }
    this.#peaks.push(node)
    this.#size += 1
  }

  /** The root of an empty tree is the hash of nothing. */
  async root(): Promise<Bytes> {
    const peaks = [...this.#peaks]
    let node = peaks.pop()
    if (node === undefined) return sha256(new Uint8Array())
    for (let left = peaks.pop(); left !== undefined; left = peaks.pop()) node = await nodeHash(left, node)
    return node
  }
}
