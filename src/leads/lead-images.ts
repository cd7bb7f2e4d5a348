import type { Actor } from '../access/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import type { Engine, EngineCode } from '../engine/index.ts'
import { bookingForExamination } from '../gallery/index.ts'
import { displayProbe, type Probe, probeOf } from '../intake/index.ts'
import { searchOf } from '../search/index.ts'
import type { LeadDeps } from './lead.ts'
import { withLead } from './lead-access.ts'

export interface LeadImageDeps extends LeadDeps {
  readonly engine: Engine
}

export type LeadImageCode = 'role_required' | 'not_found' | 'candidate_unknown' | EngineCode

/** JPEG display copy of the probe of a lead. */
export async function leadProbeImage(
  deps: LeadImageDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<Uint8Array, LeadImageCode>> {
  const probe = await withLead<Probe, never>(deps, actor, id, 'read', async (tx, { request }) => {
    const found = await probeOf(tx, request.probe)
    if (found === null) throw new TypeError(`Lead ${id} has lost its probe.`)
    return done(found)
  })
  if (!probe.ok) return probe
  const copy = await displayProbe(deps, actor, probe.value)
  return copy.ok ? done(copy.value.bytes) : copy
}

/** JPEG display copy of the photograph of any candidate on the lead's list; `candidate` as in `LeadFile`. */
export async function leadCandidateImage(
  deps: LeadImageDeps,
  actor: Actor,
  id: string,
  candidate: string,
): Promise<Outcome<Uint8Array, LeadImageCode>> {
  const booking = await withLead(deps, actor, id, 'read', async (tx, { lead }) => {
    const search = await searchOf(tx, lead.request)
    const listed = search?.candidates.find((one) => one.id === candidate)
    const found = listed === undefined ? null : await bookingForExamination(tx, listed.booking)
    return found === null ? CANDIDATE_UNKNOWN : done(found)
  })
  return booking.ok ? await booking.value.displayImage(deps) : booking
}

const CANDIDATE_UNKNOWN = refuse(
  'candidate_unknown',
  'The search behind this lead has no such candidate.',
  'Choose a candidate from the list of this lead.',
)
