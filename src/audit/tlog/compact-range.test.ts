import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CompactRange, frontierOf, perfectNodes } from './compact-range.ts'
import { emptyRoot, leafHash, nodeHash, sameHash } from './tree-hash.ts'

/** The reference tree of Certificate Transparency's own tests (RFC 6962): leaves and the root after each. */
const REFERENCE: readonly (readonly [leaf: string, root: string])[] = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
]

/** RFC 6962 section 2.1 word for word, slow and recursive: what the compact range must agree with. */
function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return createHash('sha256').digest()
  if (leaves.length === 1) return leafHash(leaves[0] as Uint8Array)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split)))
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const leavesOf = (count: number) => Array.from({ length: count }, (_, place) => Buffer.from(`leaf ${place}`))

describe('the tree', () => {
  it('has the empty root of RFC 6962', () => {
    expect(hex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hex(new CompactRange().root())).toBe(hex(emptyRoot()))
  })

  it('has the roots of the reference tree, after every leaf', () => {
    const tree = new CompactRange()
    for (const [leaf, root] of REFERENCE) {
      tree.append(Buffer.from(leaf, 'hex'))
      expect(hex(tree.root())).toBe(root)
    }
    expect(tree.size).toBe(8)
  })

  it('agrees with the definition at any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (count) => {
        const leaves = leavesOf(count)
        const tree = new CompactRange()
        for (const leaf of leaves) tree.append(leaf)
        expect(hex(tree.root())).toBe(hex(plainRoot(leaves)))
      }),
      { numRuns: 60 },
    )
  })

  it('goes on from a stored frontier as if it had never stopped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 130 }), fc.integer({ min: 1, max: 70 }), (before, after) => {
        const leaves = leavesOf(before + after)
        const nodes = new Map<string, Uint8Array>()
        const whole = new CompactRange()
        for (const leaf of leaves.slice(0, before)) {
          for (const node of whole.append(leaf)) nodes.set(`${node.level}/${node.index}`, node.hash)
        }
        const stored = frontierOf(before).map((node) => nodes.get(`${node.level}/${node.index}`) as Uint8Array)
        const resumed = new CompactRange(before, stored)
        for (const leaf of leaves.slice(before)) resumed.append(leaf)
        expect(hex(resumed.root())).toBe(hex(plainRoot(leaves)))
      }),
      { numRuns: 60 },
    )
  })

  it('refuses a frontier that does not fit the size', () => {
    expect(() => new CompactRange(3, [emptyRoot()])).toThrow(RangeError)
    expect(() => new CompactRange(0, [emptyRoot()])).toThrow(RangeError)
  })

  it('returns each completed subtree once: two nodes for every leaf, but for the frontier', () => {
    const tree = new CompactRange()
    const addresses = leavesOf(64).flatMap((leaf) => tree.append(leaf).map((node) => `${node.level}/${node.index}`))
    expect(new Set(addresses).size).toBe(addresses.length)
    expect(addresses).toHaveLength(127)
  })

  it('names subtrees far beyond 32 bits', () => {
    const size = 2 ** 40 + 2 ** 33 + 1
    expect(frontierOf(size)).toEqual([
      { level: 40, index: 0 },
      { level: 33, index: 128 },
      { level: 0, index: 2 ** 40 + 2 ** 33 },
    ])
    expect(perfectNodes(4, 7)).toEqual([
      { level: 1, index: 2 },
      { level: 0, index: 6 },
    ])
  })

  it('never takes a leaf for a node or hashes of other lengths for the same', () => {
    const [one, other] = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))]
    expect(hex(nodeHash(one, other))).not.toBe(hex(leafHash(Buffer.concat([one, other]))))
    expect(sameHash(one, one.subarray(0, 31))).toBe(false)
    expect(sameHash(one, other)).toBe(false)
    expect(sameHash(one, Buffer.from(one))).toBe(true)
  })
})
