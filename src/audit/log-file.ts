import { append } from './append.ts'
import { LogFolder } from './log-folder.ts'
import type { LogReader } from './read-entries.ts'
import type { LogContext } from './sign-checkpoint.ts'
import { parseTilePath, TILE_WIDTH, type Tile } from './tlog/tile-path.ts'

/** What a path in the folder of the log names. */
export interface LogFileKind {
  /** Bundles hold the entries themselves. */
  readonly kind: 'checkpoint' | 'tile' | 'bundle'
  /** Its bytes will never be others, and it will always be there. */
  readonly final: boolean
}

/** Null for every path that names no file of a log: drafts and folders are not given out. */
export function logFileKind(path: string): LogFileKind | null {
  if (path === 'checkpoint') return { kind: 'checkpoint', final: false }
  const tile = parseTilePath(path)
  if (tile === null) return null
  return { kind: tile.level === 'entries' ? 'bundle' : 'tile', final: tile.width === TILE_WIDTH }
}

/** The bytes of a file of the log; null when there is none. Reading a bundle is an entry, written before. */
export async function readLogFile(context: LogContext, path: string, reader: LogReader): Promise<Uint8Array | null> {
  if (context.folder === null || logFileKind(path) === null) return null
  const bytes = await new LogFolder(context.folder).read(path)
  const tile = parseTilePath(path)
  if (bytes !== null && tile?.level === 'entries') await noteReading(context, tile, reader)
  return bytes
}

async function noteReading(context: LogContext, { index, width }: Tile, reader: LogReader): Promise<void> {
  const first = index * TILE_WIDTH
  const who = { actor: reader?.account ?? null, agency: reader?.agency ?? null, about: null }
  await context.store.transaction({ agency: null }, (tx) =>
    append(tx, context, { act: 'log.read', ...who, facts: { first, last: first + width - 1 } }),
  )
}
