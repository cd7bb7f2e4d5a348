import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import { lockRequest, probeBytes, probeOf, type SearchRequest } from '../intake/index.ts'
import { type Permit, type SpendCode, spendPermit } from '../policy/index.ts'
import type { Tx } from '../store/index.ts'
import { logFailure } from './fail-search.ts'
import type { SearchDeps } from './search-deps.ts'

export type AuthoriseCode = SpendCode | 'permit_of_another' | 'request_already_searched'

/** A search that may begin: its authorisation is durable. */
export interface AuthorisedSearch {
  readonly id: string
  readonly permit: Permit
  readonly request: SearchRequest
  readonly probeBytes: Uint8Array
}

/** Spends the permit and writes the authorisation, in one transaction; a refusal is logged as well. */
export async function authoriseSearch(
  deps: SearchDeps,
  actor: Actor,
  permit: Permit,
): Promise<Outcome<AuthorisedSearch, AuthoriseCode>> {
  const id = deps.ids.next('search')
  const enrolled = await deps.gallery.size()
  return await deps.store.transaction(scopeOf(actor), async (tx) => {
    const request = await lockRequest(tx, permit.request)
    const allowed = await mayBegin(deps, tx, actor, permit, request)
    if (!allowed.ok) {
      await logFailure(deps, tx, actor, { id, request: permit.request }, allowed.problem.code)
      return allowed
    }
    const bytes = await readProbeBytes(deps, tx, allowed.value)
    const facts = { request: permit.request, permit: permit.id, model: deps.engine.model.id, enrolled }
    await append(tx, deps, { act: 'search.authorised', ...entryOf(actor), about: id, facts })
    return done({ id, permit, request: allowed.value, probeBytes: bytes })
  })
}

async function mayBegin(
  deps: SearchDeps,
  tx: Tx,
  actor: Actor,
  permit: Permit,
  request: SearchRequest | null,
): Promise<Outcome<SearchRequest, AuthoriseCode>> {
  if (request === null || permit.account !== actor.account) {
    return refuse('permit_of_another', 'This permit was given to somebody else.', 'Ask for a permit of your own.')
  }
  const spent = await spendPermit(tx, deps, permit)
  if (!spent.ok) return spent
  if (request.state === 'permitted') return done(request)
  const remedy = 'File a new request for another search.'
  return refuse('request_already_searched', 'One request is one search, and this one is done.', remedy)
}

async function readProbeBytes(deps: SearchDeps, tx: Tx, request: SearchRequest): Promise<Uint8Array> {
  const probe = await probeOf(tx, request.probe)
  if (probe === null) throw new Error(`The probe ${request.probe} of a request is not there.`)
  return await probeBytes(deps, tx, probe)
}

function entryOf(actor: Actor) {
  return { actor: actor.account, agency: actor.agency }
}
