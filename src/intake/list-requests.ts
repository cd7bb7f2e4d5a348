import { type Actor, scopeOf } from '../access/index.ts'
import { crimeLabel } from './crime-codes.ts'
import type { IntakeDeps } from './intake-deps.ts'
import { latestRequests } from './records-request.ts'
import { type RequestSummary, type SearchRequest, STATE_SENTENCES } from './request.ts'

/** Newest first, at most 500: supervisors and auditors get their agency's requests, everybody else their own. */
export async function listRequests(deps: Pick<IntakeDeps, 'store'>, actor: Actor): Promise<readonly RequestSummary[]> {
  const wholeAgency = actor.roles.includes('supervisor') || actor.roles.includes('auditor')
  const requests = await deps.store.transaction(scopeOf(actor), (tx) =>
    latestRequests(tx, wholeAgency ? null : actor.account),
  )
  return requests.map(summaryOf)
}

function summaryOf(request: SearchRequest): RequestSummary {
  const { id, createdAt, caseNumber, crimeCode, purpose, state, requesterName } = request
  return {
    id,
    createdAt,
    caseNumber,
    crimeCode,
    crimeLabel: crimeLabel(crimeCode),
    purpose,
    state,
    stateSentence: STATE_SENTENCES[state],
    requesterName,
  }
}
