import type { CoarseAsk } from '../coarse-index.ts'
import { filterCondition } from './filter-condition.ts'

/** Rows of one shard that a statement may return for one query: what ClickHouse's sorted list can hold is far above. */
export const MOST_ROWS = 1_000_000

/**
 * One pass over every shard for all queries. Per shard one row: its number, the rows it holds, the rows compared, then
 * per query the rows that reached the floor and the k best of them as (minus the score, seq), best first.
 * @param table the distributed table, with its database
 * @param error how far a score may be off
 */
export function scanStatement(
  table: string,
  queries: readonly Float32Array[],
  { k, floor, filter }: CoarseAsk,
  error: number,
): string {
  const most = Math.min(k, MOST_ROWS)
  const scores = queries.map((query, at) => `dotProduct(vector, ${vectorLiteral(query)}) AS score${at}`)
  const columns = queries.flatMap((_, at) => {
    const reached = floor <= -1 ? 'compared' : `compared AND score${at} >= ${floor - error}`
    return [`countIf(${reached})`, `groupArraySortedIf(${most})((-score${at}, seq), ${reached})`]
  })
  return [
    `WITH (${filterCondition(filter)}) AS compared, ${scores.join(', ')}`,
    `SELECT _shard_num AS shard, count(), countIf(compared), ${columns.join(', ')}`,
    `FROM ${table} GROUP BY shard`,
  ].join(' ')
}

/** The bits of the numbers, so that no digit is lost in writing or reading them. */
function vectorLiteral(vector: Float32Array): string {
  const bytes = Buffer.alloc(4 * vector.length)
  for (const [at, value] of vector.entries()) bytes.writeFloatLE(value, 4 * at)
  return `reinterpret(unhex('${bytes.toString('hex')}'), 'Array(Float32)')`
}
