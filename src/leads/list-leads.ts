import { type Actor, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import { crimeLabel } from '../intake/index.ts'
import type { LeadDeps } from './lead.ts'
import { type AccessibleLead, accessibleLead, requireLeadRole } from './lead-access.ts'
import { corroborationsOf, leadsOfAgency } from './records.ts'

export interface LeadSummary {
  readonly id: string
  readonly request: string
  readonly caseNumber: string
  readonly crimeCode: string
  readonly crimeLabel: string
  readonly issuedAt: string
  readonly status: 'open' | 'relied_on'
  readonly corroborations: number
  readonly requesterName: string
}

/** Newest first. Investigators: their own requests; examiners: those they signed; supervisors, auditors: the agency. */
export async function listLeads(
  deps: LeadDeps,
  actor: Actor,
): Promise<Outcome<readonly LeadSummary[], 'role_required'>> {
  const role = requireLeadRole(actor, 'read')
  if (!role.ok) return role
  return await deps.store.transaction(scopeOf(actor), async (tx) => {
    const summaries: LeadSummary[] = []
    for (const { id } of await leadsOfAgency(tx)) {
      const found = await accessibleLead(tx, actor, id, 'read')
      if (found !== null) summaries.push(summaryOf(found, (await corroborationsOf(tx, id)).length))
    }
    return done(summaries)
  })
}

function summaryOf({ lead, request }: AccessibleLead, corroborations: number): LeadSummary {
  const { id, issuedAt, status } = lead
  const { caseNumber, crimeCode, requesterName } = request
  return {
    ...{ id, issuedAt, status, request: lead.request },
    ...{ caseNumber, crimeCode, crimeLabel: crimeLabel(crimeCode), requesterName, corroborations },
  }
}
