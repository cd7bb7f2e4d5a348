import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consistencyRanges, inclusionRanges, verifyConsistency, verifyInclusion } from './proof.ts'
import { memoryTree } from './tree.fixture.ts'
import { leafHash } from './tree-hash.ts'

const leaves = Array.from({ length: 300 }, (_, place) => Buffer.from(`leaf ${place}`))
const tree = memoryTree(leaves)
const sizes = fc.integer({ min: 1, max: 300 })

const treeOf = (size: number) => ({ size, root: tree.root(size) })
const leafAt = (index: number) => ({ index, hash: leafHash(leaves[index] as Uint8Array) })
const inclusion = (index: number, size: number) => tree.path(inclusionRanges(index, size))
const consistency = (older: number, size: number) => tree.path(consistencyRanges(older, size))

function flipped(path: readonly Uint8Array[], which: number): readonly Uint8Array[] {
  return path.map((hash, place) => {
    if (place !== which) return hash
    const changed = Buffer.from(hash)
    changed[0] = (changed[0] ?? 0) ^ 1
    return changed
  })
}

describe('inclusion', () => {
  it('is proved for any leaf of any tree', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, seed) => {
        const index = seed % size
        expect(verifyInclusion(leafAt(index), treeOf(size), inclusion(index, size))).toBe(true)
      }),
    )
  })

  it('is not proved for another leaf, place, size or root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 299 }), fc.nat(), (size, seed) => {
        const index = seed % size
        const [path, other] = [inclusion(index, size), (index + 1) % size]
        expect(verifyInclusion({ ...leafAt(other), index }, treeOf(size), path)).toBe(false)
        expect(verifyInclusion({ ...leafAt(index), index: other }, treeOf(size), path)).toBe(false)
        expect(verifyInclusion(leafAt(index), { size, root: tree.root(size + 1) }, path)).toBe(false)
        expect(verifyInclusion(leafAt(index), { ...treeOf(size), size: size * 2 }, path)).toBe(false)
        expect(verifyInclusion({ ...leafAt(index), index: size }, treeOf(size), path)).toBe(false)
        expect(verifyInclusion({ ...leafAt(index), index: -1 }, treeOf(size), path)).toBe(false)
      }),
    )
  })

  it('is not proved by a path that was changed, cut or made longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), (size, seed, which) => {
        const index = seed % size
        const path = inclusion(index, size)
        const wrong = [flipped(path, which % path.length), path.slice(1), path.slice(0, -1), [...path, tree.root(1)]]
        for (const other of wrong) expect(verifyInclusion(leafAt(index), treeOf(size), other)).toBe(false)
      }),
    )
  })

  it('is not proved by the right bytes parted in the wrong place', () => {
    const [left, right] = [leafAt(0).hash, leafAt(1).hash]
    const shifted = Buffer.concat([left, right.subarray(0, 8)])
    expect(verifyInclusion({ index: 0, hash: left }, treeOf(2), [right])).toBe(true)
    expect(verifyInclusion({ index: 0, hash: shifted }, treeOf(2), [right.subarray(8)])).toBe(false)
  })

  it('has the paths of RFC 6962 section 2.1.3', () => {
    expect(inclusionRanges(0, 7)).toEqual([
      { start: 1, end: 2 },
      { start: 2, end: 4 },
      { start: 4, end: 7 },
    ])
    expect(inclusionRanges(6, 7)).toEqual([
      { start: 4, end: 6 },
      { start: 0, end: 4 },
    ])
    expect(inclusionRanges(0, 1)).toEqual([])
  })
})

describe('consistency', () => {
  it('is proved between any two states', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, seed) => {
        const older = seed % (size + 1)
        expect(verifyConsistency(treeOf(older), treeOf(size), consistency(older, size))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('is not proved with a changed path or root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 299 }), fc.nat(), fc.nat(), (size, seed, which) => {
        const older = 1 + (seed % (size - 1))
        const path = consistency(older, size)
        const wrong = [flipped(path, which % path.length), path.slice(1), path.slice(0, -1), [...path, tree.root(1)]]
        for (const other of wrong) expect(verifyConsistency(treeOf(older), treeOf(size), other)).toBe(false)
        const newRoot = { size, root: tree.root(size + 1) }
        const oldRoot = { size: older, root: tree.root(older - 1) }
        expect(verifyConsistency(treeOf(older), newRoot, path)).toBe(false)
        expect(verifyConsistency(oldRoot, treeOf(size), path)).toBe(false)
        expect(verifyConsistency(treeOf(size), treeOf(older), path)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('is not proved for a log that was written anew', () => {
    const forged = memoryTree(leaves.map((leaf, place) => (place === 2 ? Buffer.from('another leaf') : leaf)))
    for (const older of [3, 4, 7, 128, 255]) {
      const path = forged.path(consistencyRanges(older, 300))
      expect(verifyConsistency(treeOf(older), { size: 300, root: forged.root(300) }, path)).toBe(false)
    }
  })

  it('needs no path from the empty tree or to the same tree, and takes none', () => {
    expect(verifyConsistency(treeOf(0), treeOf(5), [])).toBe(true)
    expect(verifyConsistency(treeOf(0), treeOf(5), [tree.root(5)])).toBe(false)
    expect(verifyConsistency({ size: 0, root: tree.root(1) }, treeOf(5), [])).toBe(false)
    expect(verifyConsistency(treeOf(5), treeOf(5), [])).toBe(true)
    expect(verifyConsistency(treeOf(5), treeOf(5), [tree.root(5)])).toBe(false)
    expect(verifyConsistency(treeOf(5), { size: 5, root: tree.root(4) }, [])).toBe(false)
    expect(verifyConsistency(treeOf(4), treeOf(5), [])).toBe(false)
    expect(verifyConsistency(treeOf(3), treeOf(5), [])).toBe(false)
  })

  it('has the paths of RFC 6962 section 2.1.3', () => {
    expect(consistencyRanges(3, 7)).toEqual([
      { start: 2, end: 3 },
      { start: 3, end: 4 },
      { start: 0, end: 2 },
      { start: 4, end: 7 },
    ])
    expect(consistencyRanges(4, 7)).toEqual([{ start: 4, end: 7 }])
    expect(consistencyRanges(6, 7)).toEqual([
      { start: 4, end: 6 },
      { start: 6, end: 7 },
      { start: 0, end: 4 },
    ])
  })
})
