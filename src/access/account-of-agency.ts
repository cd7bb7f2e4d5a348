import { append } from '../audit/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import type { Actor } from './actor.ts'
import type { AccessDeps } from './deps.ts'
import { type AccountRow, accountById } from './records.ts'

/** An account of the actor's own agency; another agency's is not there, and that it was asked for is an entry. */
export async function accountOfAgency(
  tx: Tx,
  deps: Pick<AccessDeps, 'clock'>,
  actor: Actor,
  id: string,
): Promise<Outcome<AccountRow, 'not_found'>> {
  const row = await accountById(tx, id)
  if (row !== null && row.agency === actor.agency) return done(row)
  if (row !== null) {
    const entry = { act: 'record.withheld', actor: actor.account, agency: actor.agency, about: id } as const
    await append(tx, deps, { ...entry, facts: { kind: 'account', id } })
  }
  return refuse('not_found', 'There is no such account.', 'Choose one from the list of accounts.')
}
