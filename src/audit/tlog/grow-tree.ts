import { foldHashes } from './compact-range.ts'
import { checkEntry, encodeBundle } from './entry-bundle.ts'
import { levelWidth, TILE_WIDTH, tilePath } from './tile-path.ts'
import { type ReadTile, TileTree } from './tile-tree.ts'
import { encodeTile, foldTile } from './tiles.ts'
import { TlogError } from './tlog-error.ts'
import { leafHash, sameHash } from './tree-hash.ts'

export interface TreeState {
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/** A file to be written, whole: tiles never change once written. */
export interface TileFile {
  readonly path: string
  readonly bytes: Uint8Array
}

export interface GrownTree extends TreeState {
  /** The bundles first, then tiles from the leaves upwards; those of `changedTiles(before.size, size)`. */
  readonly files: readonly TileFile[]
}

/**
 * Computes the files of a log that grows by these entries. Nothing is written. The tiles that are read are checked
 * against the root of the tree as it was, so the new tree extends that one by construction.
 * @throws TlogError `root_differs` when the tiles do not have the root of `before`; `entry_too_long`; and what
 *   `TileTree` throws.
 */
export async function growTree(read: ReadTile, before: TreeState, entries: readonly Uint8Array[]): Promise<GrownTree> {
  entries.forEach(checkEntry)
  const tree = new TileTree(read, before.size)
  if (!sameHash(await tree.root(), before.root)) {
    throw new TlogError('root_differs', `The tiles do not have the root of the tree of ${before.size} leaves.`)
  }
  if (entries.length === 0) return { ...before, files: [] }
  const size = before.size + entries.length
  const files = await bundleFiles(tree, entries)
  let added: readonly Uint8Array[] = entries.map(leafHash)
  for (let level = 0; added.length > 0; level += 1) {
    const grown = await growLevel(tree, level, added)
    files.push(...grown.files)
    added = grown.full
  }
  const written = new Map(files.map((file) => [file.path, file.bytes]))
  const after = new TileTree(async (path) => written.get(path) ?? (await read(path)), size)
  return { size, root: foldHashes(await after.frontier()), files }
}

async function bundleFiles(tree: TileTree, entries: readonly Uint8Array[]): Promise<TileFile[]> {
  const first = Math.floor(tree.size / TILE_WIDTH)
  const kept = tree.size % TILE_WIDTH === 0 ? [] : await tree.bundle(first)
  kept.forEach(await leafCheck(tree, first))
  return chunks([...kept, ...entries]).map((chunk, place) => ({
    path: tilePath({ level: 'entries', index: first + place, width: chunk.length }),
    bytes: encodeBundle(chunk),
  }))
}

/** The entries kept from a partial bundle go into the next one: they must be those that were hashed. */
async function leafCheck(tree: TileTree, index: number): Promise<(entry: Uint8Array, place: number) => void> {
  const hashes = tree.size % TILE_WIDTH === 0 ? [] : await tree.tile(0, index)
  return (entry, place) => {
    if (sameHash(leafHash(entry), hashes[place] as Uint8Array)) return
    const path = tilePath({ level: 'entries', index, width: hashes.length })
    throw new TlogError('root_differs', `Entry ${index * TILE_WIDTH + place} is not the one in the tree.`, path)
  }
}

/** The files of one level, and the hashes that its newly filled tiles give to the level above. */
async function growLevel(tree: TileTree, level: number, added: readonly Uint8Array[]) {
  const start = levelWidth(level, tree.size)
  const first = Math.floor(start / TILE_WIDTH)
  const kept = start % TILE_WIDTH === 0 ? [] : await tree.tile(level, first)
  const tiles = chunks([...kept, ...added])
  const files = tiles.map((tile, place) => ({
    path: tilePath({ level, index: first + place, width: tile.length }),
    bytes: encodeTile(tile),
  }))
  return { files, full: tiles.filter((tile) => tile.length === TILE_WIDTH).map(foldTile) }
}

function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / TILE_WIDTH)
  return Array.from({ length: count }, (_, place) => items.slice(place * TILE_WIDTH, (place + 1) * TILE_WIDTH))
}
