import { type Actor, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import { narrowingOf, readRequest } from '../intake/index.ts'
import type { SearchRecord, SearchSummary } from './candidate-list.ts'
import { searchOf } from './records.ts'
import type { SearchDeps } from './search-deps.ts'
import { searchSentence } from './search-sentence.ts'

/** What came of a request's search, without any candidate, for whoever may read the request; null before it. */
export async function searchSummary(
  deps: Pick<SearchDeps, 'store' | 'clock'>,
  actor: Actor,
  requestId: string,
): Promise<Outcome<SearchSummary | null, 'not_found'>> {
  const request = await readRequest(deps, actor, requestId)
  if (!request.ok) return request
  return await deps.store.transaction(scopeOf(actor), async (tx) => {
    const search = await searchOf(tx, requestId)
    return done(search && summaryOf(search, await narrowingOf(tx, request.value)))
  })
}

function summaryOf(search: SearchRecord, narrowed: string | null): SearchSummary {
  const { id, request, searched, proof, candidates, startedAt, finishedAt } = search
  const sentence = searchSentence(search, narrowed)
  return { id, request, searched, proof, sentence, returned: candidates.length, startedAt, finishedAt }
}
