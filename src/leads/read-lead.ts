import type { Actor } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import type { LeadDeps } from './lead.ts'
import { withLead } from './lead-access.ts'
import type { LeadFile } from './lead-file.ts'
import { loadLead } from './load-lead.ts'

/** For the requester, the examiners who signed, supervisors and auditors of the agency. */
export async function readLead(
  deps: LeadDeps,
  actor: Actor,
  lead: string,
): Promise<Outcome<LeadFile, 'role_required' | 'not_found'>> {
  return await withLead(deps, actor, lead, 'read', async (tx, found) => {
    return done(await loadLead(tx, found.lead, found.request))
  })
}
