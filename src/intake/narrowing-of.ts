import { type Actor, scopeOf } from '../access/index.ts'
import { sourcesFor } from '../gallery/index.ts'
import type { Tx } from '../store/index.ts'
import { filterWords } from './filter-words.ts'
import type { IntakeDeps } from './intake-deps.ts'
import type { SearchRequest } from './request.ts'

/** What a request narrows its search to, for people; null when it does not. */
export async function narrowingOf(tx: Tx, request: SearchRequest): Promise<string | null> {
  if (request.filter === null) return null
  const sources = request.filter.sources === null ? [] : await sourcesFor(tx, request.agency)
  return filterWords(request.filter, new Map(sources.map(({ id, name }) => [id, name])))
}

/** Like `narrowingOf`, for whoever has read the request. */
export async function readNarrowing(
  deps: Pick<IntakeDeps, 'store'>,
  actor: Actor,
  request: SearchRequest,
): Promise<string | null> {
  return await deps.store.transaction(scopeOf(actor), (tx) => narrowingOf(tx, request))
}
