import { type AccessDeps, type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { Certificate, RevocationReason } from './certificate.ts'
import { certificateById, insertRevocation } from './records.ts'

export type RevokeCertificateCode = 'role_required' | 'not_found' | 'already_revoked'

/** Ends a certificate at once; it stays on record. Role: supervisor. */
export async function revokeCertificate(
  deps: Omit<AccessDeps, 'ids'>,
  actor: Actor,
  input: { readonly certificate: string; readonly reason: RevocationReason },
): Promise<Outcome<Certificate, RevokeCertificateCode>> {
  const allowed = requireRole(actor, 'supervisor')
  if (!allowed.ok) return allowed
  return deps.store.transaction(scopeOf(actor), async (tx) => {
    const certificate = await certificateById(tx, input.certificate)
    const entry = { actor: actor.account, agency: actor.agency } as const
    if (certificate === null) {
      const facts = { kind: 'certificate', id: input.certificate }
      await append(tx, deps, { act: 'record.withheld', ...entry, about: null, facts })
      return refuse('not_found', 'There is no such certificate.', 'Choose one from the list of certificates.')
    }
    const { id: about, account } = certificate
    const [{ agency }, { reason }, at] = [actor, input, deps.clock.now()]
    const revoked = await insertRevocation(tx, { certificate: about, agency, reason, at, by: actor.account })
    if (!revoked) return refuse('already_revoked', 'The certificate is revoked already.', 'Nothing is left to do.')
    await append(tx, deps, { act: 'certificate.revoked', ...entry, about, facts: { account, reason } })
    return done({ ...certificate, revokedAt: toStamp(at) })
  })
}
