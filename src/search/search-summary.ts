import { type Actor, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import { readRequest } from '../intake/index.ts'
import type { SearchRecord, SearchSummary } from './candidate-list.ts'
import { searchOf } from './records.ts'
import type { SearchDeps } from './search-deps.ts'

/** What came of a request's search, without any candidate, for whoever may read the request; null before it. */
export async function searchSummary(
  deps: Pick<SearchDeps, 'store' | 'clock'>,
  actor: Actor,
  requestId: string,
): Promise<Outcome<SearchSummary | null, 'not_found'>> {
  const request = await readRequest(deps, actor, requestId)
  if (!request.ok) return request
  const search = await deps.store.transaction(scopeOf(actor), (tx) => searchOf(tx, requestId))
  return done(search && summaryOf(search))
}

function summaryOf(search: SearchRecord): SearchSummary {
  const { id, request, searched, candidates, startedAt, finishedAt } = search
  return { id, request, searched, returned: candidates.length, startedAt, finishedAt }
}
