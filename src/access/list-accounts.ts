import { done, type Outcome } from '../base/index.ts'
import type { Account } from './account.ts'
import { type Actor, requireRole, scopeOf } from './actor.ts'
import type { AccessDeps } from './deps.ts'
import { accountOfRow, accountsOfAgency } from './records.ts'
import { lockedDigests, usernameDigest } from './records-session.ts'
import { LOCK_MS } from './session.ts'

/** The accounts of the asker's own agency, by name. Roles: administrator, supervisor, auditor. */
export async function listAccounts(
  deps: Pick<AccessDeps, 'store' | 'clock'>,
  actor: Actor,
): Promise<Outcome<readonly Account[], 'role_required'>> {
  const allowed = requireRole(actor, 'administrator', 'supervisor', 'auditor')
  if (!allowed.ok) return allowed
  return deps.store.transaction(scopeOf(actor), async (tx) => {
    const rows = await accountsOfAgency(tx, actor.agency)
    const digests = rows.map((row) => usernameDigest(row.username))
    const locked = await lockedDigests(tx, digests, new Date(deps.clock.now().getTime() - LOCK_MS))
    return done(rows.map((row) => accountOfRow(row, locked.has(usernameDigest(row.username)))))
  })
}
