import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import { SIMILARITY_FLOOR } from '../engine/index.ts'
import { type Calibration, evaluationOf } from '../evaluation/index.ts'
import { lockRequest, probeBytes, probeOf, type SearchRequest } from '../intake/index.ts'
import { currentOperatingPoint, type Permit, type SpendCode, spendPermit } from '../policy/index.ts'
import type { Tx } from '../store/index.ts'
import { logFailure } from './fail-search.ts'
import type { SearchDeps } from './search-deps.ts'

export type AuthoriseCode = SpendCode | 'permit_of_another' | 'request_already_searched' | 'model_not_loaded'

/** A search that may begin: its authorisation is durable. */
export interface AuthorisedSearch {
  readonly id: string
  readonly permit: Permit
  readonly request: SearchRequest
  readonly probeBytes: Uint8Array
  readonly point: SearchPoint
}

/** What this search works with, whatever changes while it runs. */
export interface SearchPoint {
  readonly model: { readonly id: string; readonly sha256: string }
  /** Cosine, -1 to 1; nobody below it is listed. */
  readonly similarityFloor: number
  /** Of the evaluation that the operating point rests on; null for the default, which has the engine's own. */
  readonly calibration: Calibration | null
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
    const point = await searchPoint(deps, tx)
    const allowed = await mayBegin(deps, tx, actor, permit, request, point)
    if (!allowed.ok) {
      await logFailure(deps, tx, actor, { id, request: permit.request }, allowed.problem.code)
      return allowed
    }
    const bytes = await readProbeBytes(deps, tx, allowed.value)
    const { model, similarityFloor } = point
    const facts = { request: permit.request, permit: permit.id, model: model.id, enrolled }
    const work = { modelDigest: model.sha256, floor: similarityFloor }
    await append(tx, deps, { act: 'search.authorised', ...entryOf(actor), about: id, facts: { ...facts, ...work } })
    return done({ id, permit, request: allowed.value, probeBytes: bytes, point })
  })
}

/** The operating point in force; by default the engine's model with its own floor. */
async function searchPoint(deps: SearchDeps, tx: Tx): Promise<SearchPoint> {
  const current = await currentOperatingPoint(tx)
  if (current === null) {
    const { id, sha256 } = deps.engine.model
    return { model: { id, sha256 }, similarityFloor: SIMILARITY_FLOOR, calibration: null }
  }
  const evaluation = current.evaluation === null ? null : await evaluationOf(tx, current.evaluation)
  const { model, similarityFloor } = current
  return { model, similarityFloor, calibration: evaluation?.report.calibration ?? null }
}

async function mayBegin(
  deps: SearchDeps,
  tx: Tx,
  actor: Actor,
  permit: Permit,
  request: SearchRequest | null,
  point: SearchPoint,
): Promise<Outcome<SearchRequest, AuthoriseCode>> {
  if (request === null || permit.account !== actor.account) {
    return refuse('permit_of_another', 'This permit was given to somebody else.', 'Ask for a permit of your own.')
  }
  // Asked before the permit is spent: it stays good for the moment when the model is there.
  if (point.model.sha256 !== deps.engine.model.sha256) return modelNotLoaded(point.model.id)
  const spent = await spendPermit(tx, deps, permit)
  if (!spent.ok) return spent
  if (request.state === 'permitted') return done(request)
  const remedy = 'File a new request for another search.'
  return refuse('request_already_searched', 'One request is one search, and this one is done.', remedy)
}

function modelNotLoaded(id: string): Outcome<never, 'model_not_loaded'> {
  const message = `Searches use model ${id} since a moment ago, and it is not loaded here yet.`
  return refuse('model_not_loaded', message, 'Search again in a moment; restart a command that was started before.')
}

async function readProbeBytes(deps: SearchDeps, tx: Tx, request: SearchRequest): Promise<Uint8Array> {
  const probe = await probeOf(tx, request.probe)
  if (probe === null) throw new Error(`The probe ${request.probe} of a request is not there.`)
  return await probeBytes(deps, tx, probe)
}

function entryOf(actor: Actor) {
  return { actor: actor.account, agency: actor.agency }
}
