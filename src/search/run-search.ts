import type { Actor } from '../access/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { EngineCode } from '../engine/index.ts'
import type { GallerySearchResult } from '../gallery/index.ts'
import { type Permit, requirePermit } from '../policy/index.ts'
import { type AuthoriseCode, type AuthorisedSearch, authoriseSearch } from './authorise-search.ts'
import type { SearchRecord } from './candidate-list.ts'
import { failSearch } from './fail-search.ts'
import { type GalleryTroubleCode, orTrouble } from './gallery-trouble.ts'
import { type RecordCode, recordSearch } from './record-search.ts'
import type { SearchDeps } from './search-deps.ts'

export type SearchCode = AuthoriseCode | EngineCode | GalleryTroubleCode | 'model_changed' | RecordCode

/**
 * Runs one permitted search. The permit is spent and the authorisation is in the log, durably, before the
 * first comparison; the list is recorded afterwards, unless a moratorium began meanwhile. When anything
 * between fails nothing is half-written: the permit stays spent, and the request may ask for a new one.
 * @throws PolicyError `permit_invalid` for anything that policy did not make.
 */
export async function runSearch(
  deps: SearchDeps,
  actor: Actor,
  permit: Permit,
): Promise<Outcome<SearchRecord, SearchCode>> {
  const authorised = await authoriseSearch(deps, actor, requirePermit(permit))
  if (!authorised.ok) return authorised
  const search = authorised.value
  try {
    const found = await compare(deps, search)
    if (!found.ok) return await failSearch(deps, actor, search, found)
    const recorded = await recordSearch(deps, actor, search, found.value)
    return recorded.ok ? recorded : await failSearch(deps, actor, search, recorded)
  } catch (error) {
    // The unexpected ends the act. It is put on record if the database still can, and told in any case.
    await failSearch(deps, actor, search, 'search_interrupted').catch(() => undefined)
    throw error
  }
}

interface Found extends GallerySearchResult {
  readonly threshold: number
  readonly startedAt: string
}

async function compare(
  deps: SearchDeps,
  search: AuthorisedSearch,
): Promise<Outcome<Found, EngineCode | GalleryTroubleCode | 'model_changed'>> {
  const startedAt = toStamp(deps.clock.now())
  const { faceIndex, limit } = search.request
  const template = await deps.engine.makeTemplate(search.probeBytes, faceIndex)
  if (!template.ok) return template
  const { model, vector } = template.value
  if (model.sha256 !== search.point.model.sha256) return modelChanged()
  const threshold = search.point.similarityFloor
  const options = { model, limit, threshold, filter: search.filter }
  const result = await orTrouble(() => deps.gallery.search(vector, options))
  return result.ok ? done({ ...result.value, threshold, startedAt }) : result
}

/** The engine went over to another model after the search was authorised with the former one. */
function modelChanged(): Outcome<never, 'model_changed'> {
  const message = 'The model of searches was changed just now, after this search was authorised with the former one.'
  return refuse('model_changed', message, 'Ask for a new permit and search again; nothing was compared.')
}
