import { listAgencies } from '../access/index.ts'
import { type VerifiedConclusion, verifiedConclusion } from '../examination/index.ts'
import { requestsIn } from '../intake/index.ts'
import { issueOnce } from './issue-lead.ts'
import type { LeadDeps } from './lead.ts'

/**
 * Issues the leads that examiners agreed on just before the service stopped: their signatures are on record,
 * the lead is not. In the name of the last examiner who signed. Done at every start; nothing happens twice.
 * @returns how many leads were issued.
 */
export async function issueMissingLeads(deps: LeadDeps): Promise<number> {
  let issued = 0
  const agencies = await deps.store.transaction({ agency: null }, listAgencies)
  for (const { id: agency } of agencies) {
    for (const verified of await agreedWithoutLead(deps, agency)) {
      const account = verified.examiners.at(-1) ?? ''
      const lead = await deps.store.act({ agency }, (tx) => issueOnce(tx, deps, { account, agency }, verified.request))
      if (lead.ok) issued += 1
    }
  }
  return issued
}

async function agreedWithoutLead(deps: LeadDeps, agency: string): Promise<readonly VerifiedConclusion[]> {
  return await deps.store.transaction({ agency }, async (tx) => {
    const found: VerifiedConclusion[] = []
    // Issuing the lead is what moves a request out of these states.
    for (const request of await requestsIn(tx, ['in_verification', 'in_resolution'])) {
      const verified = await verifiedConclusion(tx, request.id)
      if (verified?.conclusion === 'investigative_lead') found.push(verified)
    }
    return found
  })
}
