import { crimeLabel, type SearchRequest, STATE_SENTENCES } from '../../intake/index.ts'
import type { Decision as KeptDecision } from '../../policy/index.ts'
import type { SearchSummary as KeptSummary } from '../../search/index.ts'
import type { Decision, Request, SearchSummary } from '../contract/index.ts'

export function requestBody(request: SearchRequest): Request {
  const { agency: _, predicate, acquisition, crimeCode, state, filter, ...rest } = request
  return {
    ...rest,
    predicate: { ...predicate },
    acquisition: { ...acquisition },
    filter: filter && { ...filter, sources: copy(filter.sources), sexes: copy(filter.sexes) },
    ...{ crimeCode, crimeLabel: crimeLabel(crimeCode), state, stateSentence: STATE_SENTENCES[state] },
  }
}

export function decisionBody(decision: KeptDecision): Decision {
  const { outcome, at, policyDigest, findings, permit } = decision
  return {
    ...{ outcome, at, policyDigest },
    findings: findings.map(({ directive, title, code, outcome, sentence, remedy }) => {
      return { directive, title, code, outcome, sentence, remedy }
    }),
    permit: permit && { id: permit.id, expiresAt: permit.expiresAt },
  }
}

/** How much was searched; no candidate ever. */
export function searchBody(search: KeptSummary): SearchSummary {
  const { searched, proof, sentence, returned, startedAt, finishedAt } = search
  return { searched, proof: proof && { ...proof }, sentence, returned, startedAt, finishedAt }
}

function copy<T>(list: readonly T[] | null): T[] | null {
  return list && [...list]
}
