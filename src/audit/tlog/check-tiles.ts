import type { TreeState } from './grow-tree.ts'
import { levelWidth, parseTilePath, TILE_WIDTH, tileAt, tilePath } from './tile-path.ts'
import { type ReadTile, TileTree } from './tile-tree.ts'
import { foldTile } from './tiles.ts'
import { TlogError, type TlogErrorCode } from './tlog-error.ts'
import { leafHash, sameHash } from './tree-hash.ts'

/** What is wrong with a log's files. */
export type TilesFault = TlogErrorCode | 'entry_differs' | 'tile_differs'

export type TilesReport =
  | { readonly ok: true; readonly size: number }
  | {
      readonly ok: false
      readonly fault: TilesFault
      /** The file, where it is known which. */
      readonly path: string | null
      /** The first entry that is another than was signed, or may be; null where only the root differs. */
      readonly entry: number | null
    }

/**
 * Checks every file of a tree against its root, from the entries up: every entry against its leaf, every full tile
 * against its place in the tile above, the right edge against the root. Stops at the first fault; as each level is
 * checked from its start, that names the first entry where a level is at odds with the one above.
 */
export async function checkTiles(read: ReadTile, { size, root }: TreeState): Promise<TilesReport> {
  const tree = new TileTree(read, size)
  try {
    const entryFault = await checkEntries(tree)
    if (entryFault !== null) return entryFault
    for (let level = 0; levelWidth(level + 1, size) > 0; level += 1) {
      const fault = await checkLevel(tree, level)
      if (fault !== null) return fault
    }
    if (!sameHash(await tree.root(), root)) return { ok: false, fault: 'root_differs', path: null, entry: null }
    return { ok: true, size }
  } catch (fault) {
    if (!(fault instanceof TlogError)) throw fault
    return { ok: false, fault: fault.code, path: fault.path, entry: firstEntryOf(fault.path) }
  }
}

async function checkEntries(tree: TileTree): Promise<TilesReport | null> {
  for (let index = 0; index * TILE_WIDTH < tree.size; index += 1) {
    const hashes = await tree.tile(0, index)
    const entries = await tree.bundle(index)
    const wrong = entries.findIndex((entry, place) => !sameHash(leafHash(entry), hashes[place] as Uint8Array))
    if (wrong < 0) continue
    const path = tilePath({ ...tileAt(0, index, tree.size), level: 'entries' })
    return { ok: false, fault: 'entry_differs', path, entry: index * TILE_WIDTH + wrong }
  }
  return null
}

/** Every full tile of a level hashes to its place in the level above; a partial one is under the root itself. */
async function checkLevel(tree: TileTree, level: number): Promise<TilesReport | null> {
  const full = levelWidth(level + 1, tree.size)
  for (let first = 0; first < full; first += TILE_WIDTH) {
    const above = await tree.tile(level + 1, first / TILE_WIDTH)
    for (const [place, hash] of above.entries()) {
      if (sameHash(foldTile(await tree.tile(level, first + place)), hash)) continue
      const path = tilePath(tileAt(level, first + place, tree.size))
      return { ok: false, fault: 'tile_differs', path, entry: firstEntryOf(path) }
    }
  }
  return null
}

function firstEntryOf(path: string | null): number | null {
  const tile = path === null ? null : parseTilePath(path)
  if (tile === null) return null
  return tile.index * TILE_WIDTH ** (tile.level === 'entries' ? 1 : tile.level + 1)
}
