import { beforeAll, describe, expect, it } from 'vitest'
import { CompactRange, frontierOf } from './compact-range.ts'
import { entryAt, hex, MemoryLog } from './log.fixture.ts'
import { verifyConsistency, verifyInclusion } from './proof.ts'
import { TileTree } from './tile-tree.ts'
import { leafHash } from './tree-hash.ts'

/** Sizes around every border of a tile, two levels up. */
const SIZES = [1, 2, 255, 256, 257, 511, 512, 513, 1_000, 65_535, 65_536, 65_537, 66_000]
const last = SIZES.at(-1) as number
const roots = new Map<number, Uint8Array>()
let log: MemoryLog

beforeAll(async () => {
  log = await MemoryLog.of(...SIZES)
  const plain = new CompactRange()
  for (let index = 0; index < last; index += 1) {
    plain.append(entryAt(index))
    if (SIZES.includes(index + 1)) roots.set(index + 1, plain.root())
  }
})

const stateOf = (size: number) => ({ size, root: roots.get(size) as Uint8Array })

describe('a tree of tiles', () => {
  it.each(SIZES)('has the root of %i leaves, then and later', async (size) => {
    expect(hex(await new TileTree(log.read, size).root())).toBe(hex(stateOf(size).root))
    expect(hex(await log.tree.root(size))).toBe(hex(stateOf(size).root))
  })

  it.each(SIZES)('proves leaves of the tree of %i, across tiles', async (size) => {
    const indices = [0, 1, 255, 256, 511, 65_535, size >> 1, size - 1].filter((index) => index < size)
    for (const tree of [new TileTree(log.read, size), log.tree]) {
      for (const index of indices) {
        const path = await tree.inclusionProof(index, size)
        expect(verifyInclusion({ index, hash: leafHash(entryAt(index)) }, stateOf(size), path)).toBe(true)
      }
    }
  })

  it('proves that each extends each before it', async () => {
    for (const size of SIZES) {
      for (const older of SIZES.filter((one) => one <= size)) {
        const path = await log.tree.consistencyProof(older, size)
        expect(verifyConsistency(stateOf(older), stateOf(size), path)).toBe(true)
      }
    }
  })

  it('gives any whole node, and the frontier to go on from', async () => {
    for (const address of frontierOf(last)) {
      const range = new CompactRange()
      const span = 2 ** address.level
      for (let leaf = address.index * span; leaf < (address.index + 1) * span; leaf += 1) range.append(entryAt(leaf))
      expect(hex(await log.tree.node(address))).toBe(hex(range.root()))
    }
    const resumed = new CompactRange(513, await log.tree.frontier(513))
    for (let index = 513; index < 1_000; index += 1) resumed.append(entryAt(index))
    expect(hex(resumed.root())).toBe(hex(stateOf(1_000).root))
    await expect(log.tree.node({ level: 0, index: last })).rejects.toThrow(RangeError)
    await expect(log.tree.node({ level: 17, index: 0 })).rejects.toThrow(RangeError)
    await expect(log.tree.node({ level: 4, index: last >> 4 })).rejects.toThrow(RangeError)
  })

  it('gives entries from their bundles', async () => {
    for (const index of [0, 255, 256, 65_999]) expect(await log.tree.entry(index)).toEqual(entryAt(index))
    expect(await log.tree.bundle(257)).toHaveLength(last - 257 * 256)
    await expect(log.tree.entry(last)).rejects.toThrow(RangeError)
    await expect(log.tree.bundle(258)).rejects.toThrow(RangeError)
    await expect(log.tree.tile(3, 0)).rejects.toThrow(RangeError)
  })

  it('reads no file twice for one proof, and few of them', async () => {
    const read: string[] = []
    const counting = new TileTree((path) => {
      read.push(path)
      return log.read(path)
    }, last)
    await counting.inclusionProof(12_345)
    expect(new Set(read).size).toBe(read.length)
    expect(read.length).toBeLessThanOrEqual(5)
  })
})

describe('a tree whose files are not as they should be', () => {
  const without =
    (...paths: readonly string[]) =>
    async (path: string) =>
      paths.includes(path) ? null : await log.read(path)

  it('reads the full tile where the partial one was deleted', async () => {
    const deleted = without('tile/0/001.p/1', 'tile/entries/001.p/1')
    const tree = new TileTree(deleted, 257)
    expect(hex(await tree.root())).toBe(hex(stateOf(257).root))
    expect((await tree.bundle(1)).map(hex)).toEqual([hex(entryAt(256))])
  })

  it('says which file is missing', async () => {
    const tree = new TileTree(without('tile/0/000', 'tile/entries/000'), 256)
    const missing = (path: string) => expect.objectContaining({ code: 'tile_missing', path })
    await expect(tree.inclusionProof(3)).rejects.toThrow(missing('tile/0/000'))
    await expect(tree.entry(3)).rejects.toThrow(missing('tile/entries/000'))
    expect(hex(await tree.root())).toBe(hex(stateOf(256).root))
    await expect(new TileTree(() => Promise.resolve(null), 1).root()).rejects.toThrow(missing('tile/0/000.p/1'))
  })

  it('refuses a tile that is too short or too long', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(31), Buffer.alloc(64)]) {
      const tree = new TileTree(() => Promise.resolve(bytes), 1)
      await expect(tree.root()).rejects.toThrow(expect.objectContaining({ code: 'tile_malformed' }))
    }
    const full = new TileTree(async (path) => (path.includes('.p/') ? null : Buffer.alloc(32)), 1)
    await expect(full.root()).rejects.toThrow(expect.objectContaining({ code: 'tile_malformed', path: 'tile/0/000' }))
  })

  it('passes on the error of the reader', async () => {
    const broken = new TileTree(() => Promise.reject(new Error('no disk')), 1)
    await expect(broken.root()).rejects.toThrow('no disk')
  })
})

describe('a question that makes no sense', () => {
  it.each([-1, 0.5, Number.NaN, 2 ** 53])('is refused: a tree of %d leaves', (size) => {
    expect(() => new TileTree(log.read, size)).toThrow(RangeError)
  })

  it('is refused: places and states that the tree has not', async () => {
    const tree = new TileTree(log.read, 256)
    for (const index of [-1, 256, 0.5, Number.NaN]) {
      await expect(tree.inclusionProof(index)).rejects.toThrow(RangeError)
      await expect(tree.entry(index)).rejects.toThrow(RangeError)
    }
    await expect(tree.inclusionProof(5, 5)).rejects.toThrow(RangeError)
    await expect(tree.inclusionProof(0, 0)).rejects.toThrow(RangeError)
    for (const older of [-1, 257, 0.5]) await expect(tree.consistencyProof(older)).rejects.toThrow(RangeError)
    await expect(tree.consistencyProof(1, 257)).rejects.toThrow(RangeError)
    await expect(tree.root(257)).rejects.toThrow(RangeError)
    await expect(tree.frontier(-1)).rejects.toThrow(RangeError)
    for (const index of [-1, 0.5, 1]) await expect(tree.tile(0, index)).rejects.toThrow(RangeError)
  })
})
