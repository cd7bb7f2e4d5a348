import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedTiles, levelWidth, parseTilePath, TILE_WIDTH, type Tile, tileAt, tilePath } from './tile-path.ts'

const tiles: fc.Arbitrary<Tile> = fc.record({
  level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
  index: fc.oneof(fc.nat(3_000), fc.maxSafeNat()),
  width: fc.integer({ min: 1, max: TILE_WIDTH }),
})
const paths = (from: number, to: number) => changedTiles(from, to).map(tilePath)

describe('the path of a tile', () => {
  it.each<readonly [Tile, string]>([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 0, width: 1 }, 'tile/0/000.p/1'],
    [{ level: 0, index: 999, width: 255 }, 'tile/0/999.p/255'],
    [{ level: 1, index: 1_000, width: 256 }, 'tile/1/x001/000'],
    [{ level: 63, index: 1_234_067, width: 8 }, 'tile/63/x001/x234/067.p/8'],
    [{ level: 'entries', index: 1_234_067, width: 256 }, 'tile/entries/x001/x234/067'],
    [{ level: 'entries', index: 273, width: 112 }, 'tile/entries/273.p/112'],
  ])('of %j is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  it('is read as it was written', () => {
    fc.assert(
      fc.property(tiles, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual(tile)
      }),
    )
  })

  it('is the only one of its tile', () => {
    const pieces = fc.constantFrom('tile/', 'entries', '0', '/', 'x', '000', '001', '.p/', '1', '256', '9')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const path = parts.join('')
        const tile = parseTilePath(path)
        if (tile !== null) expect(tilePath(tile)).toBe(path)
      }),
      { numRuns: 3_000 },
    )
  })

  it.each([
    '',
    'tile/0',
    'tile/0/',
    '/tile/0/000',
    'tile/0/000/',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/100/000',
    'tile/data/000',
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000',
    'tile/0/x000/001',
    'tile/0/001/000',
    'tile/0/x001/x000',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p/999',
    'tile/0/000.p',
    'tile/0/000.p/',
    'tile/8/0/000',
    'tile/0/000\n',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/x999/x999/x999/x999/x999/999',
  ])('is not %j', (path) => {
    expect(parseTilePath(path)).toBeNull()
  })

  it('reaches to the last place a number can name', () => {
    const last = { level: 0, index: Number.MAX_SAFE_INTEGER, width: 256 }
    expect(tilePath(last)).toBe('tile/0/x009/x007/x199/x254/x740/991')
    expect(parseTilePath(tilePath(last))).toEqual(last)
  })

  it('is refused to a tile that cannot be', () => {
    const tile = { level: 0, index: 0, width: 1 }
    for (const level of [-1, 64, 0.5, Number.NaN]) expect(() => tilePath({ ...tile, level })).toThrow(RangeError)
    for (const index of [-1, 0.5, 2 ** 53]) expect(() => tilePath({ ...tile, index })).toThrow(RangeError)
    for (const width of [0, 257, 1.5]) expect(() => tilePath({ ...tile, width })).toThrow(RangeError)
  })
})

describe('the tiles of a tree', () => {
  it('are those of the example in C2SP tlog-tiles: 70,000 leaves', () => {
    const all = changedTiles(0, 70_000)
    const at = (level: Tile['level']) => all.filter((tile) => tile.level === level)
    for (const level of ['entries', 0] as const) {
      expect(at(level)).toHaveLength(274)
      expect(at(level).filter((tile) => tile.width === 256)).toHaveLength(273)
      expect(at(level).at(-1)).toEqual({ level, index: 273, width: 112 })
    }
    expect(at(1).map(tilePath)).toEqual(['tile/1/000', 'tile/1/001.p/17'])
    expect(at(2).map(tilePath)).toEqual(['tile/2/000.p/1'])
    expect(at(3)).toEqual([])
  })

  it.each([
    [0, 0, []],
    [5, 5, []],
    [0, 1, ['tile/entries/000.p/1', 'tile/0/000.p/1']],
    [1, 255, ['tile/entries/000.p/255', 'tile/0/000.p/255']],
    [255, 256, ['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']],
    [256, 257, ['tile/entries/001.p/1', 'tile/0/001.p/1']],
    [250, 258, ['tile/entries/000', 'tile/entries/001.p/2', 'tile/0/000', 'tile/0/001.p/2', 'tile/1/000.p/1']],
    [65_535, 65_536, ['tile/entries/255', 'tile/0/255', 'tile/1/000', 'tile/2/000.p/1']],
    [65_536, 65_537, ['tile/entries/256.p/1', 'tile/0/256.p/1']],
  ])('that change from %i to %i leaves are %j', (from, to, expected) => {
    expect(paths(from, to)).toEqual(expected)
  })

  it('are all written, however the tree grows: the last width of each place is that of the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700), { minLength: 1, maxLength: 6 }), (steps) => {
        const widest = new Map<string, number>()
        let size = 0
        for (const step of steps) {
          for (const tile of changedTiles(size, size + step)) widest.set(`${tile.level}/${tile.index}`, tile.width)
          size += step
        }
        expect(widest).toEqual(new Map(changedTiles(0, size).map((one) => [`${one.level}/${one.index}`, one.width])))
      }),
    )
  })

  it('hold every leaf once, and one hash for each full tile below', () => {
    fc.assert(
      fc.property(fc.nat(200_000), (size) => {
        const all = changedTiles(0, size)
        for (const level of [0, 1, 2, 3]) {
          const held = all.filter((tile) => tile.level === level).reduce((sum, tile) => sum + tile.width, 0)
          expect(held).toBe(levelWidth(level, size))
        }
      }),
    )
  })

  it('far beyond 32 bits', () => {
    const size = 2 ** 48 + 2 ** 40
    expect(tileAt(5, 1, size)).toEqual({ level: 5, index: 1, width: 1 })
    expect(tileAt(6, 0, size)).toEqual({ level: 6, index: 0, width: 1 })
    expect(tileAt(7, 0, size).width).toBe(0)
    expect(changedTiles(size - 1, size).map((tile) => tile.level)).toEqual(['entries', 0, 1, 2, 3, 4, 5])
  })
})
