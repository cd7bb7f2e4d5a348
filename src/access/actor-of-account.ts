import type { Tx } from '../store/index.ts'
import type { Actor } from './actor.ts'
import { accountById, actorOfRow } from './records.ts'

/** The actor behind an account id as it stands now; null when unknown or suspended. Makes no session. */
export async function actorOfAccount(tx: Tx, account: string): Promise<Actor | null> {
  const row = await accountById(tx, account)
  return row === null || row.suspended_at !== null ? null : actorOfRow(row)
}
