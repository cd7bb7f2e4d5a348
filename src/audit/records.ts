import { sql, type Tx } from '../store/index.ts'
import { AuditError } from './audit-error.ts'
import { CompactRange, frontierOf, type TreeNode } from './tlog/compact-range.ts'

/** Any number nobody else uses. */
const APPEND_LOCK = 620_962_001

interface FrontierRow {
  readonly size: string
  readonly hash: Uint8Array | null
}

/** Waits for its turn, then reads the tree as the last committed entry left it. */
export async function lockTree(tx: Tx): Promise<CompactRange> {
  await sql`select pg_advisory_xact_lock(${APPEND_LOCK}::bigint)`.execute(tx)
  return readTree(tx)
}

/** The tree of every entry this transaction can see. */
export async function readTree(tx: Tx): Promise<CompactRange> {
  const { rows } = await sql<FrontierRow>`
    with head as (select coalesce(max(seq) + 1, 0) as size from log_entry)
    select head.size::text as size, node.hash
    from head
    left join generate_series(52, 0, -1) as part (level) on (head.size >> part.level) % 2 = 1
    left join log_node as node on node.level = part.level and node.index = (head.size >> part.level) - 1
    order by part.level desc`.execute(tx)
  const size = Number(rows[0]?.size ?? 0)
  const hashes = rows.flatMap((row) => (row.hash ? [row.hash] : []))
  if (hashes.length !== frontierOf(size).length) {
    throw new AuditError('log_damaged', `Hashes of the log's ${size} entries are missing from the database.`)
  }
  return new CompactRange(size, hashes)
}

/** False while the log is failing. */
export async function insertWaiting(tx: Tx, leaf: string): Promise<boolean> {
  const { rows } = await sql`insert into log_entry (leaf)
    select ${leaf} from log_health where failing_since is null returning id`.execute(tx)
  return rows.length === 1
}

export interface WaitingRow {
  readonly id: number
  readonly leaf: string
}

/** Entries without a place, in the order in which they were written. */
export async function waitingEntries(tx: Tx, limit: number): Promise<readonly WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select id, leaf from log_entry where seq is null order by id limit ${limit}`.execute(tx)
  return rows
}

/** Gives entries their places, in this order from `first` on, and keeps the hashes they complete. */
export async function placeEntries(
  tx: Tx,
  ids: readonly number[],
  first: number,
  nodes: readonly TreeNode[],
): Promise<void> {
  // The text is not sent back: as `placedText`, and the table takes nothing else.
  await sql`update log_entry e set seq = p.seq, leaf = left(e.leaf, -7) || ',"seq":' || p.seq || ',"v":1}'
    from (select id, ${first}::bigint + place - 1 as seq from unnest(${ids}::bigint[]) with ordinality as given (id, place)) as p
    where e.id = p.id`.execute(tx)
  const levels = nodes.map((node) => node.level)
  const indexes = nodes.map((node) => node.index)
  const hashes = nodes.map((node) => Buffer.from(node.hash).toString('hex'))
  await sql`insert into log_node (level, index, hash)
    select level, index, decode(hash, 'hex')
    from unnest(${levels}::int[], ${indexes}::bigint[], ${hashes}::text[]) as node (level, index, hash)`.execute(tx)
}
