import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import { requestOf, withhold } from '../intake/index.ts'
import type { Tx } from '../store/index.ts'
import type { Examination, ExaminationDeps, Order, Release } from './examination.ts'
import { progressOf } from './progress.ts'
import { checkUnsigned } from './read-examination.ts'
import { examinationOf, insertRelease, lockExaminations } from './records.ts'
import { NOT_HELD } from './refusals.ts'
import { isReleaseReason, RELEASE_REASONS, type ReleaseReason } from './vocabulary.ts'

export interface ReleaseInput {
  readonly examination: string
  /** One of `RELEASE_REASONS`. */
  readonly reason: string
}

export interface ReleasedOrder {
  readonly examination: string
  readonly request: string
  /** The order that another examiner can open now. */
  readonly order: Order
  readonly reason: ReleaseReason
  readonly releasedAt: string
}

export type ReleaseCode =
  | 'role_required'
  | 'not_found'
  | 'release_reason_unknown'
  | 'release_reason_unsuitable'
  | 'requester_cannot_release'
  | 'examiner_cannot_release'
  | 'examination_signed'
  | 'examination_released'

/**
 * Ends an examination without a signature, so that another examiner can take its order. By the examiner
 * who holds it, or by a supervisor who neither asked for the search nor examined the request.
 */
export async function releaseExamination(
  deps: ExaminationDeps,
  actor: Actor,
  input: ReleaseInput,
): Promise<Outcome<ReleasedOrder, ReleaseCode>> {
  const role = requireRole(actor, 'supervisor', 'examiner')
  if (!role.ok) return role
  const { examination, reason } = input
  if (!isReleaseReason(reason)) return REFUSALS.unknown
  const released = await deps.store.act(scopeOf(actor), (tx) => release(tx, deps, actor, examination, reason))
  if (!released.ok && released.problem.code === 'not_found')
    return await withhold(deps, actor, 'examination', examination)
  return released
}

async function release(
  tx: Tx,
  deps: ExaminationDeps,
  actor: Actor,
  id: string,
  reason: ReleaseReason,
): Promise<Outcome<ReleasedOrder, ReleaseCode>> {
  const examination = await examinationOf(tx, id)
  if (examination === null) return NOT_HELD
  await lockExaminations(tx, examination.request)
  const allowed = await checkReleaser(tx, actor, examination, reason)
  if (!allowed.ok) return allowed
  const unsigned = await checkUnsigned(tx, id)
  if (!unsigned.ok) return unsigned
  return done(await writeRelease(tx, deps, actor, examination, reason))
}

async function checkReleaser(
  tx: Tx,
  actor: Actor,
  examination: Examination,
  reason: ReleaseReason,
): Promise<Outcome<null, ReleaseCode>> {
  const { account } = actor
  if (examination.examiner === account) return reason === 'ABSENT' ? REFUSALS.unsuitable : done(null)
  if (!actor.roles.includes('supervisor')) return NOT_HELD
  const request = await requestOf(tx, examination.request)
  if (request?.requester === account) return REFUSALS.requester
  const { steps, releases } = await progressOf(tx, examination.request)
  const examined = [...steps, ...releases].some((one) => one.examination.examiner === account)
  return examined ? REFUSALS.examiner : done(null)
}

async function writeRelease(
  tx: Tx,
  deps: ExaminationDeps,
  actor: Actor,
  examination: Examination,
  reason: ReleaseReason,
): Promise<ReleasedOrder> {
  const { id, request, order } = examination
  const { account, agency } = actor
  const record: Release = { examination, reason, releasedBy: account, releasedAt: toStamp(deps.clock.now()) }
  await insertRelease(tx, record)
  const facts = { request, order, reason }
  await append(tx, deps, { act: 'examination.released', actor: account, agency, about: id, facts })
  return { examination: id, request, order, reason, releasedAt: record.releasedAt }
}

const REFUSALS = {
  unknown: refuse('release_reason_unknown', 'There is no such reason.', 'Choose one of the reasons offered.', {
    where: 'reason',
    facts: { known: RELEASE_REASONS.map((reason) => reason.code) },
  }),
  unsuitable: refuse(
    'release_reason_unsuitable',
    'Whoever releases an examination of their own is not absent.',
    'Declare a conflict, or say that it was opened by mistake.',
    { where: 'reason' },
  ),
  requester: refuse(
    'requester_cannot_release',
    'You asked for this search, so you have no say in who examines it.',
    'Ask another supervisor to release the examination.',
  ),
  examiner: refuse(
    'examiner_cannot_release',
    'You examined this request, so you have no say in who else examines it.',
    'Ask another supervisor to release the examination.',
  ),
} as const
