import { type AccessDeps, type Actor, requireRole, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import type { Certificate } from './certificate.ts'
import { allCertificates, certificatesOf } from './records.ts'

/** Every certificate of the asker's agency. Roles: supervisor, administrator, auditor. */
export async function listCertificates(
  deps: Pick<AccessDeps, 'store'>,
  actor: Actor,
): Promise<Outcome<readonly Certificate[], 'role_required'>> {
  const allowed = requireRole(actor, 'supervisor', 'administrator', 'auditor')
  if (!allowed.ok) return allowed
  return deps.store.transaction(scopeOf(actor), async (tx) => done(await allCertificates(tx)))
}

/** The asker's own certificates, lapsed ones included. */
export async function ownCertificates(deps: Pick<AccessDeps, 'store'>, actor: Actor): Promise<readonly Certificate[]> {
  return deps.store.transaction(scopeOf(actor), (tx) => certificatesOf(tx, actor.account))
}
