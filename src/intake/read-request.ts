import { type Actor, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import type { IntakeDeps } from './intake-deps.ts'
import { mayRead } from './read-probe.ts'
import { requestOf } from './records-request.ts'
import type { SearchRequest } from './request.ts'
import { withhold } from './withhold.ts'

/** A request, for its requester and for the agency's supervisors and auditors. */
export async function readRequest(
  deps: Pick<IntakeDeps, 'store' | 'clock'>,
  actor: Actor,
  id: string,
): Promise<Outcome<SearchRequest, 'not_found'>> {
  const request = await deps.store.transaction(scopeOf(actor), (tx) => requestOf(tx, id))
  if (request === null || !mayRead(actor, request.requester)) return await withhold(deps, actor, 'request', id)
  return done(request)
}
