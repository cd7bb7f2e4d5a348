import { append } from '../audit/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import type { Account } from './account.ts'
import { accountOfAgency } from './account-of-agency.ts'
import { type Actor, requireRole, scopeOf } from './actor.ts'
import type { AccessDeps } from './deps.ts'
import { type AccountRow, accountOfRow, setSuspended } from './records.ts'
import { closeSessionsOf } from './records-session.ts'

/** Why an account is suspended: a closed list, so that the log never describes a person. */
export const SUSPENSION_REASONS = ['left_agency', 'on_leave', 'under_review', 'password_exposed'] as const

export type SuspensionReason = (typeof SUSPENSION_REASONS)[number]

export type SuspendAccountCode = 'role_required' | 'not_found' | 'own_account' | 'already_suspended'

/** Closes an account and every session of it, at once. Roles: administrator, supervisor. */
export async function suspendAccount(
  deps: AccessDeps,
  actor: Actor,
  input: { readonly account: string; readonly reason: SuspensionReason },
): Promise<Outcome<Account, SuspendAccountCode>> {
  const allowed = requireRole(actor, 'administrator', 'supervisor')
  if (!allowed.ok) return allowed
  return deps.store.transaction(scopeOf(actor), async (tx) => {
    const found = await accountOfAgency(tx, deps, actor, input.account)
    if (!found.ok) return found
    const row = found.value
    const stopped = checkSuspension(actor, row)
    if (!stopped.ok) return stopped
    const at = deps.clock.now()
    await setSuspended(tx, row.id, input.reason, at)
    await closeSessionsOf(tx, row.id, at)
    const entry = { act: 'account.suspended', actor: actor.account, agency: actor.agency, about: row.id } as const
    await append(tx, deps, { ...entry, facts: { reason: input.reason } })
    return done(accountOfRow({ ...row, suspended_at: at }, false))
  })
}

function checkSuspension(actor: Actor, row: AccountRow): Outcome<null, 'own_account' | 'already_suspended'> {
  if (row.id === actor.account) {
    return refuse('own_account', 'Nobody can suspend his own account.', 'Ask another administrator.')
  }
  if (row.suspended_at !== null) {
    return refuse('already_suspended', 'The account is suspended already.', 'Nothing is left to do.')
  }
  return done(null)
}
