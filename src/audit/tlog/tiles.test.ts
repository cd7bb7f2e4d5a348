import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CompactRange } from './compact-range.ts'
import { entryAt, hex } from './log.fixture.ts'
import { decodeTile, encodeTile, foldTile } from './tiles.ts'
import { leafHash } from './tree-hash.ts'

const hashes = (count: number) => Array.from({ length: count }, (_, place) => leafHash(entryAt(place)))

describe('a tile', () => {
  it('is its hashes one after the other, and is read as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 256 }), (width) => {
        const bytes = encodeTile(hashes(width))
        expect(bytes).toHaveLength(width * 32)
        expect(decodeTile(bytes, width).map(hex)).toEqual(hashes(width).map(hex))
      }),
      { numRuns: 40 },
    )
  })

  it('is refused with another width than its own', () => {
    const bytes = encodeTile(hashes(3))
    for (const width of [1, 2, 4, 256]) {
      expect(() => decodeTile(bytes, width, 'tile/0/000.p/3')).toThrow(
        expect.objectContaining({ code: 'tile_malformed', path: 'tile/0/000.p/3' }),
      )
    }
    expect(() => decodeTile(bytes.subarray(1), 3)).toThrow(expect.objectContaining({ code: 'tile_malformed' }))
  })

  it('cannot be written with no hashes, too many, or one of another length', () => {
    expect(() => encodeTile([])).toThrow(RangeError)
    expect(() => encodeTile(hashes(257))).toThrow(RangeError)
    expect(() => encodeTile([Buffer.alloc(31)])).toThrow(RangeError)
  })

  it.each([1, 2, 4, 64, 256])('of %i hashes folds to the root of their subtree', (count) => {
    const tree = new CompactRange()
    for (let place = 0; place < count; place += 1) tree.append(entryAt(place))
    expect(hex(foldTile(hashes(count)))).toBe(hex(tree.root()))
  })

  it.each([0, 3, 6, 255])('of %i hashes folds to nothing', (count) => {
    expect(() => foldTile(hashes(count))).toThrow(RangeError)
  })
})
