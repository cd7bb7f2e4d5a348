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
import { type Certificate, expiryOf, PASS_MARKS, type Track } from './certificate.ts'
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

export type IssueCertificateCode =
  | 'role_required'
  | 'self_certification'
  | 'not_found'
  | 'course_missing'
  | 'score_below_pass_mark'
  | 'completion_date_unusable'

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

function completionOf(input: CertificateInput, at: Date): Date {
  return input.completedAt === undefined ? at : new Date(input.completedAt)
}

function mayIssue(by: ActorOrInstallation, input: CertificateInput): Outcome<null, IssueCertificateCode> {
  if (by === INSTALLATION) return done(null)
  const role = requireRole(by, 'supervisor')
  if (!role.ok) return role
  if (by.account !== input.account) return done(null)
  return refuse('self_certification', 'Nobody can certify himself.', 'Ask another supervisor.', { where: 'account' })
}

function checkCourse(input: CertificateInput, at: Date): Outcome<null, IssueCertificateCode> {
  if (input.course.trim() === '' || input.courseVersion.trim() === '') {
    const remedy = 'Give its code and its version.'
    return refuse('course_missing', 'The course is not named.', remedy, { where: 'course' })
  }
  const mark = PASS_MARKS[input.track]
  if (!(input.score >= mark && input.score <= 1)) {
    return refuse(
      'score_below_pass_mark',
      `The share of right answers, ${input.score}, is not between ${mark} and 1.`,
      'Certify only who passed the assessment.',
      { where: 'score' },
    )
  }
  const completed = completionOf(input, at).getTime()
  if (completed <= at.getTime()) return done(null)
  return refuse(
    'completion_date_unusable',
    'The completion date is not a date, or it lies in the future.',
    'Give the day the course was completed, as in 2026-11-22.',
    { where: 'completedAt' },
  )
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
