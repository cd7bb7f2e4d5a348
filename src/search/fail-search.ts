import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import type { Problem } from '../base/index.ts'
import { lockRequest, moveRequest } from '../intake/index.ts'
import type { Tx } from '../store/index.ts'
import type { AuthorisedSearch } from './authorise-search.ts'
import type { SearchDeps } from './search-deps.ts'

type Failed<C extends string> = { readonly ok: false; readonly problem: Problem<C> }

/** Records that an authorised search brought no result, and passes its problem on. */
export async function failSearch<F extends Failed<string> | string>(
  deps: SearchDeps,
  actor: Actor,
  search: AuthorisedSearch,
  failed: F,
): Promise<F> {
  const code = typeof failed === 'string' ? failed : failed.problem.code
  await deps.store.transaction(scopeOf(actor), async (tx) => {
    const request = await lockRequest(tx, search.request.id)
    if (request?.state === 'permitted') await moveRequest(tx, request.id, 'failed')
    await logFailure(deps, tx, actor, { id: search.id, request: search.request.id }, code)
  })
  return failed
}

/** The log entry alone. */
export async function logFailure(
  deps: Pick<SearchDeps, 'clock'>,
  tx: Tx,
  actor: Actor,
  search: { readonly id: string; readonly request: string },
  code: string,
): Promise<void> {
  const { account, agency } = actor
  const facts = { request: search.request, code }
  await append(tx, deps, { act: 'search.failed', actor: account, agency, about: search.id, facts })
}
