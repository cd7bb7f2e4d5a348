import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import { SIMILARITY_FLOOR } from '../engine/index.ts'
import { type Calibration, evaluationOf } from '../evaluation/index.ts'
import { type GalleryFilter, narrowingText, restrictFilter, sourcesFor } from '../gallery/index.ts'
import { lockRequest, probeBytes, probeOf, type SearchRequest } from '../intake/index.ts'
import { currentOperatingPoint, type Permit, type SpendCode, spendPermit } from '../policy/index.ts'
import type { Tx } from '../store/index.ts'
import { logFailure } from './fail-search.ts'
import { type GalleryTroubleCode, orTrouble } from './gallery-trouble.ts'
import type { SearchDeps } from './search-deps.ts'

export type AuthoriseCode =
  | SpendCode
  | GalleryTroubleCode
  | 'permit_of_another'
  | 'request_already_searched'
  | 'model_not_loaded'
  | 'no_source_to_search'

/** A search that may begin: its authorisation is durable. */
export interface AuthorisedSearch {
  readonly id: string
  readonly permit: Permit
  readonly request: SearchRequest
  readonly probeBytes: Uint8Array
  readonly point: SearchPoint
  /** The permit's filter among the sources that the agency may search. */
  readonly filter: GalleryFilter & { readonly sources: readonly string[] }
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
  const enrolled = await orTrouble(() => deps.gallery.size())
  return await deps.store.transaction(scopeOf(actor), async (tx) => {
    const found = await findWork(deps, tx, permit)
    const allowed = await mayBegin(deps, tx, actor, permit, { ...found, enrolled })
    if (!allowed.ok) {
      await logFailure(deps, tx, actor, { id, request: permit.request }, allowed.problem.code)
      return allowed
    }
    const { point, filter } = found
    const search = { id, permit, request: allowed.value.request, point, filter }
    const bytes = await readProbeBytes(deps, tx, search.request)
    await logAuthorised(deps, tx, actor, search, allowed.value.enrolled)
    return done({ ...search, probeBytes: bytes })
  })
}

interface Work extends Pick<AuthorisedSearch, 'point' | 'filter'> {
  readonly request: SearchRequest | null
  /** Photographs in the gallery, or why it cannot say. */
  readonly enrolled: Outcome<number, GalleryTroubleCode>
}

/** The request, and what a search of it works with at this moment. */
async function findWork(deps: SearchDeps, tx: Tx, permit: Permit): Promise<Omit<Work, 'enrolled'>> {
  const request = await lockRequest(tx, permit.request)
  const visible = await sourcesFor(tx, permit.agency)
  const filter = restrictFilter(
    permit.filter,
    visible.map(({ id }) => id),
  )
  return { request, point: await searchPoint(deps, tx), filter }
}

async function logAuthorised(
  deps: SearchDeps,
  tx: Tx,
  actor: Actor,
  search: Omit<AuthorisedSearch, 'probeBytes'>,
  enrolled: number,
): Promise<void> {
  const { id, permit, filter } = search
  const { model, similarityFloor } = search.point
  const facts = {
    ...{ request: permit.request, permit: permit.id, model: model.id, modelDigest: model.sha256, enrolled },
    ...{ floor: similarityFloor, filter: narrowingText(filter), sources: [...filter.sources] },
  }
  await append(tx, deps, { act: 'search.authorised', ...entryOf(actor), about: id, facts })
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
  { request, point, filter, enrolled }: Work,
): Promise<Outcome<{ readonly request: SearchRequest; readonly enrolled: number }, AuthoriseCode>> {
  if (request === null || permit.account !== actor.account) {
    return refuse('permit_of_another', 'This permit was given to somebody else.', 'Ask for a permit of your own.')
  }
  // Asked before the permit is spent: it stays good for the moment when the model, or the whole gallery, is there.
  if (point.model.sha256 !== deps.engine.model.sha256) return modelNotLoaded(point.model.id)
  if (!enrolled.ok) return enrolled
  if (filter.sources.length === 0) return noSource()
  const spent = await spendPermit(tx, deps, permit)
  if (!spent.ok) return spent
  if (request.state === 'permitted') return done({ request, enrolled: enrolled.value })
  const remedy = 'File a new request for another search.'
  return refuse('request_already_searched', 'One request is one search, and this one is done.', remedy)
}

function noSource(): Outcome<never, 'no_source_to_search'> {
  const message = 'There is no source of photographs that this search may compare with. Nothing was compared.'
  return refuse('no_source_to_search', message, 'Ask a custodian which sources your agency may search.')
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
