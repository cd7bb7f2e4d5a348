/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256

/** A file of the log: a tile of hashes at a level from 0 to 63, or a bundle of entries (C2SP tlog-tiles). */
export interface Tile {
  readonly level: number | 'entries'
  /** Its place among the tiles of its level, from 0. */
  readonly index: number
  /** How many hashes or entries it holds: 1 to 255 where it is partial, 256 where it is full. */
  readonly width: number
}

const GROUP = 1000
const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** `tile/<level>/<index>[.p/<width>]`. @throws RangeError when there is no such tile. */
export function tilePath({ level, index, width }: Tile): string {
  const inRange = (value: number, most: number) => Number.isSafeInteger(value) && value >= 0 && value <= most
  if (level !== 'entries' && !inRange(level, 63)) throw new RangeError(`A tile has no level ${level}.`)
  if (!inRange(index, Number.MAX_SAFE_INTEGER)) throw new RangeError(`A tile has no index ${index}.`)
  if (!inRange(width, TILE_WIDTH) || width === 0) throw new RangeError(`A tile has no width ${width}.`)
  const groups = [digits(index % GROUP)]
  for (let rest = Math.floor(index / GROUP); rest > 0; rest = Math.floor(rest / GROUP)) {
    groups.unshift(`x${digits(rest % GROUP)}`)
  }
  return `tile/${level}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** Reads a path; null when it is not the one path of a tile. */
export function parseTilePath(path: string): Tile | null {
  const parts = PATH.exec(path)
  if (parts === null) return null
  const level = parts[1] === 'entries' ? 'entries' : Number(parts[1])
  const index = Number(parts[2]?.replaceAll(/[x/]/g, ''))
  const width = parts[3] === undefined ? TILE_WIDTH : Number(parts[3])
  if ((level !== 'entries' && level > 63) || !Number.isSafeInteger(index) || width > TILE_WIDTH) return null
  const tile: Tile = { level, index, width }
  return tilePath(tile) === path ? tile : null
}

/** How many hashes level `level` of a tree of `size` leaves has in its tiles: one for each full tile below it. */
export function levelWidth(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/** The tile at this place of a tree of `size` leaves, as wide as that tree makes it; width 0 where it has none. */
export function tileAt(level: number, index: number, size: number): Tile {
  const width = Math.max(0, Math.min(TILE_WIDTH, levelWidth(level, size) - index * TILE_WIDTH))
  return { level, index, width }
}

/**
 * The files that are to be written when a tree grows from `from` to `to` leaves: full ones, and at the right edge one
 * partial one for each level. Bundles first, then tiles from the leaves upwards. Those of a smaller tree stay as they are.
 */
export function changedTiles(from: number, to: number): readonly Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; levelWidth(level, to) > levelWidth(level, from); level += 1) {
    const last = Math.floor((levelWidth(level, to) - 1) / TILE_WIDTH)
    for (let index = Math.floor(levelWidth(level, from) / TILE_WIDTH); index <= last; index += 1) {
      tiles.push(tileAt(level, index, to))
    }
  }
  const bundles = tiles.filter((tile) => tile.level === 0).map((tile) => ({ ...tile, level: 'entries' as const }))
  return [...bundles, ...tiles]
}

function digits(group: number): string {
  return String(group).padStart(3, '0')
}
