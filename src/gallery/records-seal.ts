import { sql, type Tx } from '../store/index.ts'

export interface Seal {
  readonly id: string
  readonly booking: string
  /** The court's or agency's own reference of the order. */
  readonly order: string
  readonly sealedAt: string
  readonly sealedBy: string
}

/** The seal in force on a booking, or null. */
export async function sealOf(tx: Tx, booking: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from gallery_seal
    where booking = ${booking} and lifted_at is null`.execute(tx)
  return rows[0]?.id ?? null
}

/** The database tells every index. */
export async function insertSeal(tx: Tx, seal: Seal): Promise<void> {
  await sql`insert into gallery_seal (id, booking, order_reference, sealed_at, sealed_by)
    values (${seal.id}, ${seal.booking}, ${seal.order}, ${seal.sealedAt}, ${seal.sealedBy})`.execute(tx)
}

export async function endSeal(tx: Tx, id: string, at: string, by: string): Promise<void> {
  await sql`update gallery_seal set lifted_at = ${at}, lifted_by = ${by} where id = ${id}`.execute(tx)
}
