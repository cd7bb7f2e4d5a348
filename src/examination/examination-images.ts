import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import type { Engine, EngineCode } from '../engine/index.ts'
import { bookingForExamination } from '../gallery/index.ts'
import { displayProbe, probeOf, requestOf } from '../intake/index.ts'
import type { ExaminationDeps } from './examination.ts'
import { candidateBehind } from './load-view.ts'
import { heldExamination } from './read-examination.ts'
import { CANDIDATE_UNKNOWN } from './refusals.ts'
import { withholdExamination } from './withhold.ts'

export interface ExaminationImageDeps extends ExaminationDeps {
  readonly engine: Engine
}

export type ExaminationImageCode = 'role_required' | 'not_found' | 'candidate_unknown' | EngineCode

/** JPEG display copy of the probe, for the examiner who opened the examination. */
export async function examinationProbeImage(
  deps: ExaminationImageDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<Uint8Array, ExaminationImageCode>> {
  const role = requireRole(actor, 'examiner')
  if (!role.ok) return role
  const probe = await deps.store.transaction(scopeOf(actor), async (tx) => {
    const examination = await heldExamination(tx, actor, id)
    const request = examination === null ? null : await requestOf(tx, examination.request)
    return request === null ? null : await probeOf(tx, request.probe)
  })
  if (probe === null) return await withholdExamination(deps, actor, id)
  const copy = await displayProbe(deps, actor, probe)
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
  const found = await deps.store.transaction(scopeOf(actor), async (tx) => {
    const examination = await heldExamination(tx, actor, id)
    const listed = examination === null ? null : await candidateBehind(tx, examination, candidate)
    return { examination, booking: listed === null ? null : await bookingForExamination(tx, listed.booking) }
  })
  if (found.examination === null) return await withholdExamination(deps, actor, id)
  if (found.booking === null) return CANDIDATE_UNKNOWN
  return await found.booking.displayImage(deps)
}
