import { emptyRoot, nodeHash, sameHash } from './tree-hash.ts'

/** The leaves `start` up to, not including, `end`: one hash of a proof. */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/** Which subtrees prove that leaf `index` is in the tree of `size` leaves (RFC 6962 section 2.1.1), lowest first. */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  const ranges: LeafRange[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const split = start + largestPowerBelow(end - start)
    if (index < split) {
      ranges.push({ start: split, end })
      end = split
    } else {
      ranges.push({ start, end: split })
      start = split
    }
  }
  return ranges.reverse()
}

/** Which subtrees prove that the tree of `size` leaves extends that of `older` (RFC 6962 section 2.1.2). */
export function consistencyRanges(older: number, size: number): readonly LeafRange[] {
  if (older === 0 || older === size) return []
  const ranges: LeafRange[] = []
  let [start, end] = [0, size]
  while (end !== older) {
    const split = start + largestPowerBelow(end - start)
    if (older <= split) {
      ranges.push({ start: split, end })
      end = split
    } else {
      ranges.push({ start, end: split })
      start = split
    }
  }
  if (start > 0) ranges.push({ start, end })
  return ranges.reverse()
}

/** RFC 9162 section 2.1.3.2. False as well for a place or size that is no whole number, or hashes of other lengths. */
export function verifyInclusion(
  leaf: { readonly index: number; readonly hash: Uint8Array },
  tree: { readonly size: number; readonly root: Uint8Array },
  path: readonly Uint8Array[],
): boolean {
  if (!isCount(leaf.index) || !isCount(tree.size) || leaf.index >= tree.size || !areHashes(path)) return false
  let [first, last, hash] = [leaf.index, tree.size - 1, leaf.hash]
  for (const part of path) {
    if (last === 0) return false
    if (isOdd(first) || first === last) {
      hash = nodeHash(part, hash)
      while (!isOdd(first) && first !== 0) [first, last] = [half(first), half(last)]
    } else {
      hash = nodeHash(hash, part)
    }
    ;[first, last] = [half(first), half(last)]
  }
  return last === 0 && sameHash(hash, tree.root)
}

interface Tree {
  readonly size: number
  readonly root: Uint8Array
}

/** RFC 9162 section 2.1.4.2. Every tree extends the empty tree; the proof of that is empty. */
export function verifyConsistency(older: Tree, newer: Tree, path: readonly Uint8Array[]): boolean {
  if (!isCount(older.size) || !isCount(newer.size) || older.size > newer.size || !areHashes(path)) return false
  if (older.size === newer.size) return path.length === 0 && sameHash(older.root, newer.root)
  if (older.size === 0) return path.length === 0 && sameHash(older.root, emptyRoot())
  const parts = isPowerOfTwo(older.size) ? [older.root, ...path] : [...path]
  const seed = parts.shift()
  if (path.length === 0 || seed === undefined) return false
  let [first, last] = [older.size - 1, newer.size - 1]
  while (isOdd(first)) [first, last] = [half(first), half(last)]
  let [olderHash, newerHash] = [seed, seed]
  for (const part of parts) {
    if (last === 0) return false
    if (isOdd(first) || first === last) {
      olderHash = nodeHash(part, olderHash)
      newerHash = nodeHash(part, newerHash)
      while (!isOdd(first) && first !== 0) [first, last] = [half(first), half(last)]
    } else {
      newerHash = nodeHash(newerHash, part)
    }
    ;[first, last] = [half(first), half(last)]
  }
  return last === 0 && sameHash(olderHash, older.root) && sameHash(newerHash, newer.root)
}

/** The largest power of two smaller than `count`, which is at least 2. */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

function isPowerOfTwo(count: number): boolean {
  return largestPowerBelow(count + 1) === count
}

function isCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0
}

function areHashes(path: readonly Uint8Array[]): boolean {
  return path.every((hash) => hash.length === 32)
}

function isOdd(count: number): boolean {
  return count % 2 === 1
}

function half(count: number): number {
  return Math.floor(count / 2)
}
