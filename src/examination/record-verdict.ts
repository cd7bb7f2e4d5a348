import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import { withhold } from '../intake/index.ts'
import type { Tx } from '../store/index.ts'
import type { BlindCandidate } from './blind-view.ts'
import { checkText } from './check-text.ts'
import type { CandidateVerdict, ExaminationDeps } from './examination.ts'
import { candidateBehind } from './load-view.ts'
import { checkUnsigned, heldExamination } from './read-examination.ts'
import { insertVerdict, lockExaminations } from './records.ts'
import { CANDIDATE_UNKNOWN, NOT_HELD } from './refusals.ts'
import { isVerdict, VERDICTS, type Verdict } from './vocabulary.ts'

export interface VerdictInput {
  readonly examination: string
  /** The opaque id of the view. */
  readonly candidate: string
  readonly verdict: string
  readonly note?: string | undefined
}

export type VerdictCode =
  | 'role_required'
  | 'not_found'
  | 'candidate_unknown'
  | 'verdict_unknown'
  | 'text_too_long'
  | 'examination_signed'
  | 'examination_released'

/** Adds a verdict on one candidate. It may be changed, by another one, until the examination is signed. */
export async function recordVerdict(
  deps: ExaminationDeps,
  actor: Actor,
  input: VerdictInput,
): Promise<Outcome<BlindCandidate, VerdictCode>> {
  const role = requireRole(actor, 'examiner')
  if (!role.ok) return role
  const { verdict } = input
  if (!isVerdict(verdict)) return VERDICT_UNKNOWN
  const note = checkText('note', input.note)
  if (!note.ok) return note
  const recorded = await deps.store.act(scopeOf(actor), (tx) => {
    return writeVerdict(tx, deps, actor, { ...input, verdict, note: note.value })
  })
  if (!recorded.ok && recorded.problem.code === 'not_found') {
    return await withhold(deps, actor, 'examination', input.examination)
  }
  return recorded
}

async function writeVerdict(
  tx: Tx,
  deps: ExaminationDeps,
  actor: Actor,
  input: { readonly examination: string; readonly candidate: string; readonly verdict: Verdict; note: string | null },
): Promise<Outcome<BlindCandidate, VerdictCode>> {
  const examination = await heldExamination(tx, actor, input.examination)
  if (examination === null) return NOT_HELD
  await lockExaminations(tx, examination.request)
  const unsigned = await checkUnsigned(tx, examination.id)
  if (!unsigned.ok) return unsigned
  const candidate = await candidateBehind(tx, examination, input.candidate)
  if (candidate === null) return CANDIDATE_UNKNOWN
  const { verdict, note } = input
  const recordedAt = toStamp(deps.clock.now())
  await insertVerdict(tx, examination, {
    candidate: candidate.id,
    verdict,
    note,
    recordedAt,
  } satisfies CandidateVerdict)
  return done({ id: input.candidate, photoDate: candidate.photoDate, verdict, note })
}

const VERDICT_UNKNOWN = refuse('verdict_unknown', 'There is no such verdict.', 'Choose one of the verdicts.', {
  where: 'verdict',
  facts: { known: VERDICTS.map((verdict) => verdict.code) },
})
