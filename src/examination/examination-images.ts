import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import type { Engine, EngineCode } from '../engine/index.ts'
import { type BookingForExamination, bookingForExamination } from '../gallery/index.ts'
import { displayProbe, probeOf, requestOf, withhold } from '../intake/index.ts'
import type { ExaminationDeps } from './examination.ts'
import { candidateBehind } from './load-view.ts'
import { readableExamination } from './read-examination.ts'
import { CANDIDATE_UNKNOWN, NOT_HELD } from './refusals.ts'

export interface ExaminationImageDeps extends ExaminationDeps {
  readonly engine: Engine
}

export type ExaminationImageCode =
  | 'role_required'
  | 'not_found'
  | 'examination_released'
  | 'candidate_unknown'
  | EngineCode

/** JPEG display copy of the probe, for the examiner who opened the examination. */
export async function examinationProbeImage(
  deps: ExaminationImageDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<Uint8Array, ExaminationImageCode>> {
  const role = requireRole(actor, 'examiner')
  if (!role.ok) return role
  const probe = await deps.store.transaction(scopeOf(actor), async (tx) => {
    const examination = await readableExamination(tx, actor, id)
    if (!examination.ok) return examination
    const request = await requestOf(tx, examination.value.request)
    const found = request === null ? null : await probeOf(tx, request.probe)
    return found === null ? NOT_HELD : done(found)
  })
  if (!probe.ok) return await answer(deps, actor, id, probe)
  const copy = await displayProbe(deps, actor, probe.value)
  return copy.ok ? done(copy.value.bytes) : copy
}

/** JPEG display copy of a candidate's photograph; `candidate` is the opaque id of the view. */
export async function examinationCandidateImage(
  deps: ExaminationImageDeps,
  actor: Actor,
  id: string,
  candidate: string,
): Promise<Outcome<Uint8Array, ExaminationImageCode>> {
  const role = requireRole(actor, 'examiner')
  if (!role.ok) return role
  type Found = Outcome<BookingForExamination, ExaminationImageCode>
  const found = await deps.store.transaction(scopeOf(actor), async (tx): Promise<Found> => {
    const examination = await readableExamination(tx, actor, id)
    if (!examination.ok) return examination
    const listed = await candidateBehind(tx, examination.value, candidate)
    const booking = listed === null ? null : await bookingForExamination(tx, listed.booking)
    return booking === null ? CANDIDATE_UNKNOWN : done(booking)
  })
  return found.ok ? await found.value.displayImage(deps) : await answer(deps, actor, id, found)
}

/** The refusal as it is, but what is not the asker's is withheld and logged. */
async function answer<C extends string>(
  deps: ExaminationDeps,
  actor: Actor,
  id: string,
  refused: Outcome<never, C>,
): Promise<Outcome<never, C | 'not_found'>> {
  const withheld = !refused.ok && refused.problem.code === 'not_found'
  return withheld ? await withhold(deps, actor, 'examination', id) : refused
}
