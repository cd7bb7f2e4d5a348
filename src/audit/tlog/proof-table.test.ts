/**
 * Every inclusion and consistency proof of every tree of 0 to 70 leaves: made from tiles and from kept nodes, both the
 * same, verified, and refused after every mutation. The reference values are those of the tests of Certificate
 * Transparency for its tree of eight leaves (RFC 6962).
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { entriesFrom, entryAt, hex, MemoryLog } from './log.fixture.ts'
import { consistencyRanges, inclusionRanges, verifyConsistency, verifyInclusion } from './proof.ts'
import { memoryTree } from './tree.fixture.ts'
import { emptyRoot, leafHash } from './tree-hash.ts'

type Path = readonly Uint8Array[]

const MOST = 70
const tree = memoryTree(entriesFrom(0, MOST + 2))
const state = (size: number) => ({ size, root: tree.root(size) })
const foreign = leafHash(Buffer.from('foreign'))

const REFERENCE_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const A = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const B = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const C = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
const D = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const E = 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'
const F = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const G = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a'
const H = 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'
const I = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'

function flipped(hash: Uint8Array, place: number): Uint8Array {
  return hash.with(place, (hash[place] as number) ^ 1)
}

/** Every path that differs from this one by one step: a hash flipped, foreign, left out, doubled, or two swapped. */
function mutations(path: Path): readonly Path[] {
  const swapped = path.slice(1).map((hash, place) => path.with(place, hash).with(place + 1, path[place] as Uint8Array))
  return [
    ...path.map((hash, place) => path.with(place, flipped(hash, place))),
    ...path.map((_, place) => path.with(place, foreign)),
    ...path.map((_, place) => path.toSpliced(place, 1)),
    ...path.map((hash, place) => path.toSpliced(place, 0, hash)),
    ...path.map((hash, place) => path.with(place, hash.subarray(0, 31))),
    ...swapped.filter((one) => one.map(hex).join() !== path.map(hex).join()),
    [foreign, ...path],
    [...path, foreign],
  ]
}

let log: MemoryLog
beforeAll(async () => {
  log = await MemoryLog.of(...Array.from({ length: MOST }, (_, place) => place + 1))
})

describe('every tree of 0 to 70 leaves', () => {
  it('has the same root in its tiles as in its nodes', async () => {
    expect(hex(tree.root(0))).toBe(hex(emptyRoot()))
    for (let size = 0; size <= MOST; size += 1) expect(hex(await log.tree.root(size))).toBe(hex(tree.root(size)))
  })

  it('proves each of its leaves, and nothing else, at each place', { timeout: 240_000 }, async () => {
    let [proofs, refused] = [0, 0]
    for (let size = 1; size <= MOST; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const path = await log.tree.inclusionProof(index, size)
        expect(path.map(hex)).toEqual(tree.path(inclusionRanges(index, size)).map(hex))
        const leaf = { index, hash: leafHash(entryAt(index)) }
        expect(verifyInclusion(leaf, state(size), path)).toBe(true)
        proofs += 1
        const wrong = [
          ...mutations(path).map((other) => verifyInclusion(leaf, state(size), other)),
          verifyInclusion({ ...leaf, hash: foreign }, state(size), path),
          verifyInclusion(leaf, { size, root: foreign }, path),
          verifyInclusion(leaf, { size, root: tree.root(size + 1) }, path),
          verifyInclusion({ ...leaf, index: index + 1 }, state(size), path),
          verifyInclusion({ ...leaf, index: index - 1 }, state(size), path),
          verifyInclusion({ ...leaf, index: index + 0.5 }, state(size), path),
          verifyInclusion({ ...leaf, index: Number.NaN }, state(size), path),
          verifyInclusion(leaf, { ...state(size), size: index }, path),
        ]
        expect(wrong).not.toContain(true)
        refused += wrong.length
      }
    }
    expect(proofs).toBe((MOST * (MOST + 1)) / 2)
    expect(refused).toBeGreaterThan(proofs * 20)
  })

  it('proves that it extends each smaller one, and nothing else', { timeout: 240_000 }, async () => {
    let [proofs, refused] = [0, 0]
    for (let size = 0; size <= MOST; size += 1) {
      for (let older = 0; older <= size; older += 1) {
        const path = await log.tree.consistencyProof(older, size)
        expect(path.map(hex)).toEqual(tree.path(consistencyRanges(older, size)).map(hex))
        expect(verifyConsistency(state(older), state(size), path)).toBe(true)
        proofs += 1
        const wrong = [
          ...mutations(path).map((other) => verifyConsistency(state(older), state(size), other)),
          verifyConsistency({ size: older, root: foreign }, state(size), path),
          ...(older === 0 ? [] : [verifyConsistency(state(older), { size, root: foreign }, path)]),
          verifyConsistency({ ...state(older), size: older + 1 }, state(size), path),
          verifyConsistency({ ...state(older), size: older - 1 }, state(size), path),
          verifyConsistency({ ...state(older), size: Number.NaN }, state(size), path),
          ...(older === size ? [] : [verifyConsistency(state(size), state(older), path)]),
        ]
        expect(wrong).not.toContain(true)
        refused += wrong.length
      }
    }
    expect(proofs).toBe(((MOST + 1) * (MOST + 2)) / 2)
    expect(refused).toBeGreaterThan(proofs * 15)
  })
})

describe('the reference tree of RFC 6962', () => {
  const leaves = REFERENCE_LEAVES.map((leaf) => Buffer.from(leaf, 'hex'))
  const reference = memoryTree(leaves)
  const tiles = new MemoryLog()
  beforeAll(async () => {
    for (const leaf of leaves) await tiles.grow([leaf])
  })

  it.each<readonly [number, number, readonly string[]]>([
    [0, 1, []],
    [0, 8, [A, B, C]],
    [5, 8, [F, D, E]],
    [2, 3, [H]],
    [1, 5, [I, B, F]],
  ])('proves leaf %i of %i by its published path', async (index, size, path) => {
    expect((await tiles.tree.inclusionProof(index, size)).map(hex)).toEqual(path)
    const leaf = { index, hash: leafHash(leaves[index] as Uint8Array) }
    const bytes = path.map((hash) => Buffer.from(hash, 'hex'))
    expect(verifyInclusion(leaf, { size, root: reference.root(size) }, bytes)).toBe(true)
  })

  it.each<readonly [number, number, readonly string[]]>([
    [1, 1, []],
    [1, 8, [A, B, C]],
    [6, 8, [G, D, E]],
    [2, 5, [B, F]],
  ])('proves that %i leaves are extended by %i with the published path', async (older, size, path) => {
    expect((await tiles.tree.consistencyProof(older, size)).map(hex)).toEqual(path)
    const bytes = path.map((hash) => Buffer.from(hash, 'hex'))
    const [before, after] = [older, size].map((count) => ({ size: count, root: reference.root(count) }))
    expect(verifyConsistency(before as never, after as never, bytes)).toBe(true)
  })

  it('has its published roots in its tiles', async () => {
    expect(hex(await tiles.tree.root(3))).toBe('aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77')
    expect(hex(await tiles.tree.root(4))).toBe(E)
    expect(hex(await tiles.tree.root())).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
  })
})
