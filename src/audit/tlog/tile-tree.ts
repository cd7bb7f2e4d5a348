import { foldHashes, type NodeAddress, perfectNodes } from './compact-range.ts'
import { decodeBundle } from './entry-bundle.ts'
import { consistencyRanges, inclusionRanges, type LeafRange } from './proof.ts'
import { TILE_WIDTH, type Tile, tileAt, tilePath } from './tile-path.ts'
import { decodeTile, foldTile } from './tiles.ts'
import { TlogError } from './tlog-error.ts'

/** Reads one file of the log by its path, such as `tile/0/000`; null when there is none. */
export type ReadTile = (path: string) => Promise<Uint8Array | null>

const TILE_HEIGHT = 8

type Hashes = (tile: Tile) => Promise<readonly Uint8Array[]>

/**
 * A tree read from nothing but its tiles. `size` is that of a checkpoint whose tiles are there; where a partial tile has
 * been deleted since, the full one is read in its place. What is read is NOT checked against the checkpoint: compare
 * `root()`, or verify the proof. Every tile is read once for each call.
 * Every method throws TlogError `tile_missing`, `tile_malformed` or `bundle_malformed`, and RangeError on a place or
 * size that the tree has not.
 */
export class TileTree {
  readonly size: number
  readonly #read: ReadTile

  constructor(read: ReadTile, size: number) {
    if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`A tree cannot have ${size} leaves.`)
    this.size = size
    this.#read = read
  }

  /** The root after the first `size` leaves, by default after all. */
  async root(size = this.size): Promise<Uint8Array> {
    this.#checkSize(size, 0)
    return foldHashes(await this.frontier(size))
  }

  /** The hashes of `frontierOf(size)`, with which a `CompactRange` goes on. */
  async frontier(size = this.size): Promise<readonly Uint8Array[]> {
    this.#checkSize(size, 0)
    const hashes = this.#hashes()
    return await Promise.all(perfectNodes(0, size).map((node) => this.#node(node, hashes)))
  }

  /** The hash of any perfect subtree that is whole in the tree; level 0 are the leaves. */
  async node(address: NodeAddress): Promise<Uint8Array> {
    return await this.#node(address, this.#hashes())
  }

  /** The path of leaf `index` in the tree of the first `size` leaves, lowest hash first (RFC 6962 section 2.1.1). */
  async inclusionProof(index: number, size = this.size): Promise<readonly Uint8Array[]> {
    this.#checkSize(size, 1)
    this.#checkIndex(index, size)
    return await this.#path(inclusionRanges(index, size))
  }

  /** The proof that the first `size` leaves extend the first `older` (RFC 6962 section 2.1.2); empty from 0. */
  async consistencyProof(older: number, size = this.size): Promise<readonly Uint8Array[]> {
    this.#checkSize(size, 0)
    if (!Number.isSafeInteger(older) || older < 0 || older > size) {
      throw new RangeError(`A tree of ${size} leaves extends none of ${older}.`)
    }
    return await this.#path(consistencyRanges(older, size))
  }

  /** The bytes of entry `index`, from its bundle. */
  async entry(index: number): Promise<Uint8Array> {
    this.#checkIndex(index, this.size)
    const entries = await this.bundle(Math.floor(index / TILE_WIDTH))
    return entries[index % TILE_WIDTH] as Uint8Array
  }

  /** All entries of a bundle: `index * 256` and those after it. */
  async bundle(index: number): Promise<readonly Uint8Array[]> {
    const tile = { ...this.#tile(0, index), level: 'entries' as const }
    const [bytes, width] = await this.#bytes(tile)
    return decodeBundle(bytes, width, tilePath({ ...tile, width })).slice(0, tile.width)
  }

  /** The hashes of a tile as wide as this tree makes it. */
  async tile(level: number, index: number): Promise<readonly Uint8Array[]> {
    return await this.#hashes()(this.#tile(level, index))
  }

  async #path(ranges: readonly LeafRange[]): Promise<readonly Uint8Array[]> {
    const hashes = this.#hashes()
    const hashOf = async ({ start, end }: LeafRange) =>
      foldHashes(await Promise.all(perfectNodes(start, end).map((node) => this.#node(node, hashes))))
    return await Promise.all(ranges.map(hashOf))
  }

  async #node({ level, index }: NodeAddress, hashes: Hashes): Promise<Uint8Array> {
    const tileLevel = Math.floor(level / TILE_HEIGHT)
    const span = 2 ** (level - tileLevel * TILE_HEIGHT)
    const place = (index * span) % TILE_WIDTH
    const tile = this.#tile(tileLevel, Math.floor((index * span) / TILE_WIDTH))
    if (place + span > tile.width) throw new RangeError(`The tree has no whole node ${index} at level ${level}.`)
    return foldTile((await hashes(tile)).slice(place, place + span))
  }

  /** Reads tiles, each only once. */
  #hashes(): Hashes {
    const seen = new Map<string, Promise<readonly Uint8Array[]>>()
    const load = async (tile: Tile) => {
      const [bytes, width] = await this.#bytes(tile)
      return decodeTile(bytes, width, tilePath({ ...tile, width })).slice(0, tile.width)
    }
    return (tile) => {
      const path = tilePath(tile)
      const known = seen.get(path) ?? load(tile)
      seen.set(path, known)
      return known
    }
  }

  /** The bytes of the tile, or of the full one that took its place, and the width they must have. */
  async #bytes(tile: Tile): Promise<readonly [bytes: Uint8Array, width: number]> {
    const path = tilePath(tile)
    const bytes = await this.#read(path)
    if (bytes !== null) return [bytes, tile.width]
    const full = tile.width < TILE_WIDTH ? await this.#read(tilePath({ ...tile, width: TILE_WIDTH })) : null
    if (full !== null) return [full, TILE_WIDTH]
    throw new TlogError('tile_missing', `The file ${path} of the log is missing.`, path)
  }

  #tile(level: number, index: number): Tile {
    const tile = tileAt(level, index, this.size)
    if (!Number.isSafeInteger(index) || index < 0 || tile.width === 0) {
      throw new RangeError(`A tree of ${this.size} leaves has no tile ${index} at level ${level}.`)
    }
    return tile
  }

  #checkSize(size: number, least: number): void {
    if (Number.isSafeInteger(size) && size >= least && size <= this.size) return
    throw new RangeError(`A tree of ${this.size} leaves had no state of ${size}.`)
  }

  #checkIndex(index: number, size: number): void {
    if (Number.isSafeInteger(index) && index >= 0 && index < size) return
    throw new RangeError(`A tree of ${size} leaves has no leaf ${index}.`)
  }
}
