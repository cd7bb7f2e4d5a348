import type { Actor } from '../access/index.ts'
import { type Clock, done, type Outcome, refuse } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import { validCertificate } from '../training/index.ts'

/** The id of the examiner's certificate that is valid now. */
export async function examinerCertificate(
  tx: Tx,
  deps: { readonly clock: Clock },
  actor: Actor,
): Promise<Outcome<string, 'certificate_missing'>> {
  const certificate = await validCertificate(tx, actor.account, 'examiner', deps.clock.now())
  if (certificate !== null) return done(certificate.id)
  return refuse(
    'certificate_missing',
    'You have no valid certificate of completion for facial examination.',
    'Complete the examiner course, or ask the training officer to renew your certificate.',
  )
}
