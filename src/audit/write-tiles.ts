import type { Tx } from '../store/index.ts'
import { AuditError } from './audit-error.ts'
import type { LogFolder } from './log-folder.ts'
import { leavesFrom, nodesFrom } from './records-read.ts'
import { encodeBundle } from './tlog/entry-bundle.ts'
import { changedTiles, TILE_WIDTH, type Tile, tilePath } from './tlog/tile-path.ts'
import { encodeTile } from './tlog/tiles.ts'
import { leafHash, sameHash } from './tlog/tree-hash.ts'

const TILE_HEIGHT = 8
const FILES_AT_ONCE = 32

/**
 * Writes the files that are new when the log grows from `from` to `to` entries, from what the database holds.
 * @throws AuditError `log_damaged` when entries and hashes of the database do not fit.
 */
export async function writeTiles(tx: Tx, folder: LogFolder, from: number, to: number): Promise<void> {
  const tiles = changedTiles(from, to)
  for (let start = 0; start < tiles.length; start += FILES_AT_ONCE) {
    const files = []
    for (const tile of tiles.slice(start, start + FILES_AT_ONCE)) {
      files.push({ path: tilePath(tile), bytes: await tileBytes(tx, tile) })
    }
    await folder.write(files)
  }
}

/** Removes the partial tiles that full ones took the place of. */
export async function dropPartials(folder: LogFolder, from: number, to: number): Promise<void> {
  for (const tile of changedTiles(from, to)) {
    if (tile.width === TILE_WIDTH) await folder.dropPartials(tilePath(tile))
  }
}

async function tileBytes(tx: Tx, { level, index, width }: Tile): Promise<Uint8Array> {
  const start = index * TILE_WIDTH
  const hashes = await nodesFrom(tx, level === 'entries' ? 0 : level * TILE_HEIGHT, start, width)
  if (hashes.length !== width) throw damaged(`Hashes from ${start} on at level ${level} are missing`)
  if (level !== 'entries') return encodeTile(hashes)
  const rows = await leavesFrom(tx, start, start + width, width)
  const entries = rows.map((row) => Buffer.from(row.leaf))
  if (entries.length !== width) throw damaged(`Entries from ${start} on are missing`)
  const wrong = entries.findIndex((entry, place) => !sameHash(leafHash(entry), hashes[place] as Uint8Array))
  if (wrong >= 0) throw damaged(`Entry ${start + wrong} is not the one that was hashed`)
  return encodeBundle(entries)
}

function damaged(what: string): AuditError {
  return new AuditError('log_damaged', `${what} in the database.`)
}
