import type { CoarseAnswer, CoarseAsk, CoarseRow } from '../coarse-index.ts'
import { GalleryError } from '../gallery-error.ts'

/** What one shard says to a scan statement. */
export type ShardReply = readonly unknown[]

/**
 * The answer of all shards to one query. A shard gives its k best, so whatever it left out is at most its k-th best,
 * or below the floor; what is left out here is at most the best of that. So the bound holds for every row of each shard.
 * @param at which of the statement's queries
 * @throws GalleryError `cluster_refused` for a reply that has not the form asked for
 */
export function mergeShards(replies: readonly ShardReply[], at: number, ask: CoarseAsk, error: number): CoarseAnswer {
  const shards = replies.map((reply) => readReply(reply, at, error))
  const rows = shards.flatMap((shard) => shard.rows).sort(byUpper)
  const bounds = shards.map((shard) => shardBound(shard, ask.floor))
  const leftOut = rows[ask.k]?.upper ?? Number.NEGATIVE_INFINITY
  return {
    searched: shards.reduce((sum, shard) => sum + shard.searched, 0),
    enrolled: shards.reduce((sum, shard) => sum + shard.enrolled, 0),
    rows: rows.slice(0, ask.k),
    bound: Math.max(leftOut, ...bounds),
  }
}

interface ShardAnswer {
  readonly enrolled: number
  readonly searched: number
  /** Those of the searched that reached the floor. */
  readonly reached: number
  readonly rows: readonly CoarseRow[]
}

function readReply(reply: ShardReply, at: number, error: number): ShardAnswer {
  const [, enrolled, searched] = reply
  const reached = reply[3 + 2 * at]
  const rows = reply[4 + 2 * at]
  if (!isCount(enrolled) || !isCount(searched) || !isCount(reached) || !Array.isArray(rows)) throw unreadable()
  return { enrolled, searched, reached, rows: rows.map((row) => readRow(row, error)) }
}

function readRow(row: unknown, error: number): CoarseRow {
  const [below, seq] = Array.isArray(row) ? row : []
  if (typeof below !== 'number' || !isCount(seq)) throw unreadable()
  // An exact score is never said to be below -1; see exact-score.ts.
  return { seq, upper: Math.max(-1, Math.fround(-below) + error) }
}

/** No row that the shard did not return has an exact score above this. */
function shardBound({ searched, reached, rows }: ShardAnswer, floor: number): number {
  if (reached > rows.length) return rows.at(-1)?.upper ?? Number.POSITIVE_INFINITY
  return reached < searched ? floor : Number.NEGATIVE_INFINITY
}

function byUpper(one: CoarseRow, other: CoarseRow): number {
  return other.upper - one.upper || one.seq - other.seq
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function unreadable(): GalleryError {
  return new GalleryError(
    'cluster_refused',
    'A shard answered in another form than was asked for; nothing is concluded.',
  )
}
