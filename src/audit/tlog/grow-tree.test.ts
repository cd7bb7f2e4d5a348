import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CompactRange } from './compact-range.ts'
import { growTree } from './grow-tree.ts'
import { entriesFrom, hex, MemoryLog } from './log.fixture.ts'
import { changedTiles, tilePath } from './tile-path.ts'
import { emptyRoot } from './tree-hash.ts'

const rootOf = (entries: readonly Uint8Array[]) => {
  const tree = new CompactRange()
  for (const entry of entries) tree.append(entry)
  return hex(tree.root())
}
const EMPTY = { size: 0, root: emptyRoot() }
const codeOf = (code: string) => expect.objectContaining({ name: 'TlogError', code })

describe('a log of tiles', () => {
  it('has the root of its entries and the same files, in whatever steps it grows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(300), { maxLength: 5 }), async (steps) => {
        const sizes = steps.map((_, place) => steps.slice(0, place + 1).reduce((sum, step) => sum + step, 0))
        const size = sizes.at(-1) ?? 0
        const [grown, atOnce] = [await MemoryLog.of(...sizes), await MemoryLog.of(size)]
        expect(hex(grown.state.root)).toBe(rootOf(entriesFrom(0, size)))
        expect(grown.state).toEqual(atOnce.state)
        for (const [path, bytes] of atOnce.files) expect(hex(grown.files.get(path) as Uint8Array)).toBe(hex(bytes))
      }),
      { numRuns: 25 },
    )
  })

  it.each([
    [0, 1],
    [0, 256],
    [1, 255],
    [200, 700],
    [256, 512],
    [300, 301],
  ])('writes from %i to %i exactly the files that change, the bundles first', async (from, to) => {
    const log = await MemoryLog.of(from)
    const grown = await growTree(log.read, log.state, entriesFrom(from, to))
    expect(grown.files.map((file) => file.path)).toEqual(changedTiles(from, to).map(tilePath))
    expect(grown.size).toBe(to)
    expect(hex(grown.root)).toBe(rootOf(entriesFrom(0, to)))
  })

  it('writes nothing for no entries', async () => {
    expect(await growTree(async () => null, EMPTY, [])).toEqual({ ...EMPTY, files: [] })
    const log = await MemoryLog.of(5)
    expect((await growTree(log.read, log.state, [])).files).toEqual([])
  })

  it('changes nothing that was read', async () => {
    const log = await MemoryLog.of(300)
    const before = new Map([...log.files].map(([path, bytes]) => [path, hex(bytes)]))
    await growTree(log.read, log.state, entriesFrom(300, 600))
    expect(new Map([...log.files].map(([path, bytes]) => [path, hex(bytes)]))).toEqual(before)
  })

  it('does not grow on tiles that have another root', async () => {
    const log = await MemoryLog.of(300)
    const root = Buffer.alloc(32)
    await expect(growTree(log.read, { size: 300, root }, entriesFrom(300, 301))).rejects.toThrow(codeOf('root_differs'))
    await expect(growTree(log.read, { size: 299, root: log.state.root }, [])).rejects.toThrow(codeOf('tile_missing'))
    await expect(growTree(log.read, { size: 0, root }, entriesFrom(0, 1))).rejects.toThrow(codeOf('root_differs'))
  })

  it('does not take an entry from a partial bundle that is not the one in the tree', async () => {
    const log = await MemoryLog.of(260)
    const path = 'tile/entries/001.p/4'
    const changed = Buffer.from(log.files.get(path) as Uint8Array)
    changed[changed.length - 1] = (changed.at(-1) as number) ^ 1
    log.files.set(path, changed)
    await expect(log.grow(entriesFrom(260, 261))).rejects.toThrow(
      expect.objectContaining({ code: 'root_differs', path, message: expect.stringContaining('Entry 259') }),
    )
  })

  it('refuses an entry that no bundle can hold, before it reads anything', async () => {
    const read = () => Promise.reject(new Error('was read'))
    await expect(growTree(read, { ...EMPTY, size: 5 }, [Buffer.alloc(65_536)])).rejects.toThrow(
      codeOf('entry_too_long'),
    )
    const grown = await growTree(async () => null, EMPTY, [Buffer.alloc(65_535)])
    expect(grown.files[0]?.bytes).toHaveLength(65_537)
  })

  it('does not grow where a file is missing', async () => {
    for (const path of ['tile/0/001.p/4', 'tile/entries/001.p/4', 'tile/1/000.p/1']) {
      const log = await MemoryLog.of(260)
      log.files.delete(path)
      await expect(log.grow(entriesFrom(260, 261))).rejects.toThrow(
        expect.objectContaining({ code: 'tile_missing', path }),
      )
    }
  })
})
