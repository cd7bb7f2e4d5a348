import type { Actor } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, toStamp } from '../base/index.ts'
import { type CheckedEvidence, checkEvidence, type EvidenceCode } from './check-evidence.ts'
import { type CorroborationRecord, standsAlone } from './corroboration.ts'
import type { LeadDeps } from './lead.ts'
import { withLead } from './lead-access.ts'
import { insertCorroboration } from './records.ts'

export interface CorroborationInput {
  readonly lead: string
  readonly type: string
  /** It would exist, and say the same, had there been no lead. */
  readonly independentOfLead: boolean
  /** It was found by following the lead. */
  readonly derivedFromLead: boolean
  /** ISO day or time; not after now. */
  readonly obtainedAt: string
  readonly reference: string
  readonly note?: string | undefined
}

export type CorroborationCode = 'role_required' | 'not_found' | EvidenceCode

/** Records evidence beside a lead, whether or not it is independent of it. Roles: the requester, supervisors. */
export async function recordCorroboration(
  deps: LeadDeps,
  actor: Actor,
  input: CorroborationInput,
): Promise<Outcome<CorroborationRecord, CorroborationCode>> {
  return await withLead(deps, actor, input.lead, 'work', async (tx, { lead }) => {
    const checked = checkEvidence(input, deps.clock.now())
    if (!checked.ok) return checked
    const record = recordOfEvidence(deps, actor, lead.id, checked.value)
    await insertCorroboration(tx, record)
    await append(tx, deps, {
      act: 'corroboration.recorded',
      actor: actor.account,
      agency: actor.agency,
      about: record.id,
      facts: { lead: lead.id, type: record.type, independent: standsAlone(record) },
    })
    return done(record)
  })
}

function recordOfEvidence(deps: LeadDeps, actor: Actor, lead: string, evidence: CheckedEvidence): CorroborationRecord {
  const { account, agency } = actor
  const recordedAt = toStamp(deps.clock.now())
  return { ...evidence, id: deps.ids.next('corr'), lead, agency, recordedBy: account, recordedAt }
}
