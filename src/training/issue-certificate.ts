import {
  type AccessDeps,
  type Actor,
  type ActorOrInstallation,
  actorOfAccount,
  INSTALLATION,
  requireRole,
} from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import { type Certificate, expiryOf, type Track } from './certificate.ts'
import { type CourseCode, checkCourse, completionOf } from './check-course.ts'
import { insertCertificate } from './records.ts'

export interface CertificateInput {
  readonly account: string
  readonly track: Track
  /** Code of the course, such as `face-search-requester`. */
  readonly course: string
  readonly courseVersion: string
  /** Share of questions answered right, 0 to 1. */
  readonly score: number
  /** When the course was completed; now when left out. The 12 months run from here. */
  readonly completedAt?: string
}

export type IssueCertificateCode = 'role_required' | 'self_certification' | 'not_found' | CourseCode

/** Certifies that somebody else completed a course. Role: supervisor. */
export async function issueCertificate(
  deps: AccessDeps,
  by: ActorOrInstallation,
  input: CertificateInput,
): Promise<Outcome<Certificate, IssueCertificateCode>> {
  const allowed = mayIssue(by, input)
  if (!allowed.ok) return allowed
  const at = deps.clock.now()
  const checked = checkCourse(input, at)
  if (!checked.ok) return checked
  const holder = await deps.store.transaction({ agency: null }, (tx) => actorOfAccount(tx, input.account))
  if (holder === null) return notFound()
  if (by !== INSTALLATION && by.agency !== holder.agency) return withhold(deps, by, input.account)
  return deps.store.act({ agency: holder.agency }, async (tx) => {
    const certificate = certificateOf(deps.ids.next('cert'), by, input, at)
    await insertCertificate(tx, holder.agency, certificate)
    const { id, account, issuedBy: actor, track, course, expiresAt: expires } = certificate
    const facts = { account, track, course, expires }
    await append(tx, deps, { act: 'certificate.issued', actor, agency: holder.agency, about: id, facts })
    return done(certificate)
  })
}

function certificateOf(id: string, by: ActorOrInstallation, input: CertificateInput, at: Date): Certificate {
  const { account, track, score } = input
  const completedAt = completionOf(input, at)
  return {
    id,
    account,
    track,
    course: input.course.trim(),
    courseVersion: input.courseVersion.trim(),
    score,
    completedAt: toStamp(completedAt),
    issuedAt: toStamp(at),
    expiresAt: toStamp(expiryOf(completedAt)),
    issuedBy: by === INSTALLATION ? null : by.account,
    revokedAt: null,
  }
}

function mayIssue(by: ActorOrInstallation, input: CertificateInput): Outcome<null, IssueCertificateCode> {
  if (by === INSTALLATION) return done(null)
  const role = requireRole(by, 'supervisor')
  if (!role.ok) return role
  if (by.account !== input.account) return done(null)
  return refuse('self_certification', 'Nobody can certify himself.', 'Ask another supervisor.', { where: 'account' })
}

async function withhold(deps: AccessDeps, actor: Actor, id: string): Promise<Outcome<never, 'not_found'>> {
  return deps.store.transaction({ agency: actor.agency }, async (tx) => {
    const entry = { act: 'record.withheld', actor: actor.account, agency: actor.agency, about: id } as const
    await append(tx, deps, { ...entry, facts: { kind: 'account', id } })
    return notFound()
  })
}

function notFound(): Outcome<never, 'not_found'> {
  return refuse('not_found', 'There is no such account in use.', 'Choose one from the list of accounts.', {
    where: 'account',
  })
}
