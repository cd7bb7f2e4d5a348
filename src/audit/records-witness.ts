import { sql, type Tx } from '../store/index.ts'

/** A checkpoint with cosignatures. */
export interface CosignedRow {
  readonly size: number
  readonly note: string
  readonly cosignedAt: Date
}

export async function insertCosigned(tx: Tx, { size, note, cosignedAt }: CosignedRow): Promise<void> {
  await sql`insert into log_cosigned (size, note, cosigned_at) values (${size}, ${note}, ${cosignedAt})`.execute(tx)
}

/** The newest of this size, or of all; null when there is none. */
export async function lastCosigned(tx: Tx, size: number | null = null): Promise<CosignedRow | null> {
  const { rows } = await sql<CosignedRow>`
    select size, note, cosigned_at as "cosignedAt" from log_cosigned
    where ${size}::bigint is null or size = ${size} order by size desc, id desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** That fewer witnesses cosign than must. */
export interface Shortage {
  readonly since: Date
  /** Whether the log says so. */
  readonly noted: boolean
}

/** Null when enough witnesses cosigned. Others wait until this transaction ends. */
export async function lockShortage(tx: Tx): Promise<Shortage | null> {
  const { rows } = await sql<{ since: Date | null; noted: boolean }>`
    select short_since as since, noted from log_witnessing for update`.execute(tx)
  const [row] = rows
  return row === undefined || row.since === null ? null : { since: row.since, noted: row.noted }
}

export async function setShortage(tx: Tx, shortage: Shortage | null): Promise<void> {
  await sql`update log_witnessing set short_since = ${shortage?.since ?? null},
    noted = ${shortage?.noted ?? false}`.execute(tx)
}
