import { sql, type Tx } from '../store/index.ts'
import { AuditError } from './audit-error.ts'
import { foldHashes, type NodeAddress, perfectNodes, type TreeNode } from './tlog/compact-range.ts'
import type { LeafRange } from './tlog/proof.ts'

export interface LeafRow {
  readonly seq: number
  readonly leaf: string
}

export interface CheckpointRow {
  readonly size: number
  readonly note: string
  readonly signedAt: Date
}

const CHECKPOINT_LOCK = 620_962_002

/** Checkpoints are signed one after the other, so that each extends the one before. */
export async function lockCheckpoints(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${CHECKPOINT_LOCK}::bigint)`.execute(tx)
}

const FOLDER_LOCK = 620_962_003

/** One process at a time writes the folder of the log. */
export async function lockFolder(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FOLDER_LOCK}::bigint)`.execute(tx)
}

export async function lastCheckpoint(tx: Tx): Promise<CheckpointRow | null> {
  const { rows } = await sql<CheckpointRow>`
    select size, note, signed_at as "signedAt" from log_checkpoint order by size desc limit 1`.execute(tx)
  return rows[0] ?? null
}

export async function checkpointOfSize(tx: Tx, size: number): Promise<CheckpointRow | null> {
  const { rows } = await sql<CheckpointRow>`
    select size, note, signed_at as "signedAt" from log_checkpoint where size = ${size}`.execute(tx)
  return rows[0] ?? null
}

export async function insertCheckpoint(tx: Tx, row: CheckpointRow): Promise<void> {
  await sql`insert into log_checkpoint (size, note, signed_at)
    values (${row.size}, ${row.note}, ${row.signedAt})`.execute(tx)
}

export interface LeafFilter {
  /** Only entries before this place. */
  readonly before?: number
  readonly about?: string
  /** Only entries of this agency and of none. */
  readonly agency?: string
  readonly limit: number
}

/** The newest entries that fit, newest first. */
export async function newestLeaves(tx: Tx, filter: LeafFilter): Promise<readonly LeafRow[]> {
  const { before = null, about = null, agency = null, limit } = filter
  const { rows } = await sql<LeafRow>`
    select seq, leaf from log_entry
    where seq is not null and (${before}::bigint is null or seq < ${before})
      and (${about}::text is null or about = ${about})
      and (${agency}::text is null or agency = ${agency} or agency is null)
    order by seq desc limit ${limit}`.execute(tx)
  return rows
}

/** The first entry of an act about each of these records that has a place. */
export async function firstPlaced(
  tx: Tx,
  act: string,
  abouts: readonly string[],
): Promise<readonly (LeafRow & { readonly about: string })[]> {
  const { rows } = await sql<LeafRow & { readonly about: string }>`
    select distinct on (about) about, seq, leaf from log_entry
    where about = any(${abouts}::text[]) and act = ${act} and seq is not null order by about, seq`.execute(tx)
  return rows
}

/** Up to `limit` entries from `from`, none from `end` on, in order. */
export async function leavesFrom(tx: Tx, from: number, end: number, limit: number): Promise<readonly LeafRow[]> {
  const { rows } = await sql<LeafRow>`
    select seq, leaf from log_entry where seq >= ${from} and seq < ${end} order by seq limit ${limit}`.execute(tx)
  return rows
}

/** The hash of each range of leaves, from the stored subtrees. @throws AuditError `log_damaged` when one is not there. */
export async function rangeHashes(tx: Tx, ranges: readonly LeafRange[]): Promise<readonly Uint8Array[]> {
  const parts = ranges.map((range) => perfectNodes(range.start, range.end))
  const found = await readNodes(tx, parts.flat())
  const hashOf = ({ level, index }: NodeAddress) => {
    const hash = found.get(`${level}/${index}`)
    if (hash) return hash
    throw new AuditError('log_damaged', `The hash of subtree ${level}/${index} is missing from the database.`)
  }
  return parts.map((nodes) => foldHashes(nodes.map(hashOf)))
}

async function readNodes(tx: Tx, addresses: readonly NodeAddress[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const { rows } = await sql<TreeNode>`
    select node.level, node.index, node.hash
    from unnest(${addresses.map((node) => node.level)}::int[], ${addresses.map((node) => node.index)}::bigint[])
      as wanted (level, index)
    join log_node as node using (level, index)`.execute(tx)
  return new Map(rows.map((row) => [`${row.level}/${row.index}`, row.hash]))
}

/** Hashes of perfect subtrees of one level, `count` of them from `start` on, in order; fewer where they are missing. */
export async function nodesFrom(tx: Tx, level: number, start: number, count: number): Promise<readonly Uint8Array[]> {
  const { rows } = await sql<{ hash: Uint8Array }>`select hash from log_node
    where level = ${level} and index >= ${start} and index < ${start + count} order by index`.execute(tx)
  return rows.map((row) => row.hash)
}
