import { sql, type Tx } from '../store/index.ts'
import { AuditError } from './audit-error.ts'
import { CompactRange, frontierOf, type TreeNode } from './tlog/compact-range.ts'

/** Names of the two locks; any two numbers nobody else uses. */
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

export async function insertEntry(tx: Tx, seq: number, leaf: string, nodes: readonly TreeNode[]): Promise<void> {
  const levels = nodes.map((node) => node.level)
  const indexes = nodes.map((node) => node.index)
  const hashes = nodes.map((node) => Buffer.from(node.hash).toString('hex'))
  await sql`
    with entry as (insert into log_entry (seq, leaf) values (${seq}, ${leaf}))
    insert into log_node (level, index, hash)
    select level, index, decode(hash, 'hex')
    from unnest(${levels}::int[], ${indexes}::bigint[], ${hashes}::text[]) as node (level, index, hash)`.execute(tx)
}
