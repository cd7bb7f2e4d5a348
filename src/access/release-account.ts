import { append } from '../audit/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import type { Account } from './account.ts'
import { accountOfAgency } from './account-of-agency.ts'
import { type Actor, requireRole, scopeOf } from './actor.ts'
import type { AccessDeps } from './deps.ts'
import { accountOfRow } from './records.ts'
import { isLocked, queueAttempts, releaseLock, usernameDigest } from './records-session.ts'
import { LOCK_MS } from './session.ts'

export type ReleaseAccountCode = 'role_required' | 'not_found' | 'own_account' | 'not_locked'

/** Ends the lock that failed sign-ins put on a username (CJIS AC-7). Role: administrator, never for himself. */
export async function releaseAccount(
  deps: AccessDeps,
  actor: Actor,
  input: { readonly account: string },
): Promise<Outcome<Account, ReleaseAccountCode>> {
  const allowed = requireRole(actor, 'administrator')
  if (!allowed.ok) return allowed
  return deps.store.transaction(scopeOf(actor), async (tx) => {
    const found = await accountOfAgency(tx, deps, actor, input.account)
    if (!found.ok) return found
    const row = found.value
    if (row.id === actor.account) return ownAccount()
    const digest = usernameDigest(row.username)
    await queueAttempts(tx, digest)
    if (!(await isLocked(tx, digest, new Date(deps.clock.now().getTime() - LOCK_MS)))) return notLocked()
    await releaseLock(tx, digest)
    const entry = { act: 'account.released', actor: actor.account, agency: actor.agency, about: row.id } as const
    await append(tx, deps, { ...entry, facts: {} })
    return done(accountOfRow(row, false))
  })
}

function ownAccount(): Outcome<never, 'own_account'> {
  return refuse('own_account', 'Nobody can release his own account.', 'Ask another administrator.')
}

function notLocked(): Outcome<never, 'not_locked'> {
  return refuse('not_locked', 'The account is not locked.', 'Nothing is left to do.')
}
