import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import type { GalleryDeps } from './gallery-deps.ts'
import {
  type BookingOfPerson,
  bookingsBefore,
  countBySource,
  countGallery,
  readSources,
  readSourcesFor,
} from './records.ts'
import type { Source } from './source.ts'

export interface SourceSummary extends Source {
  /** Photographs enrolled from it. */
  readonly bookings: number
}

export interface GalleryCounts {
  readonly subjects: number
  readonly bookings: number
}

export interface BookingPage {
  /** Newest first. */
  readonly bookings: readonly BookingOfPerson[]
  /** Pass as `after` for the next page; null on the last. */
  readonly next: string | null
}

const PAGE = 50
const MAX_PAGE = 200

/** Every source with the number of its photographs, by name. Roles: custodian, supervisor, auditor, administrator. */
export async function listSources(
  deps: Pick<GalleryDeps, 'store'>,
  actor: Actor,
): Promise<Outcome<readonly SourceSummary[], 'role_required'>> {
  const role = requireRole(actor, 'custodian', 'supervisor', 'auditor', 'administrator')
  if (!role.ok) return role
  return await deps.store.transaction(scopeOf(actor), async (tx) => {
    const counts = await countBySource(tx)
    const sources = await readSources(tx)
    return done(sources.map((source) => ({ ...source, bookings: counts.get(source.id) ?? 0 })))
  })
}

/** A page of bookings, without images. Roles: custodian, auditor. `limit` 1 to 200, 50 when absent. */
export async function listBookings(
  deps: Pick<GalleryDeps, 'store'>,
  actor: Actor,
  page: { readonly after?: string; readonly limit?: number } = {},
): Promise<Outcome<BookingPage, 'role_required' | 'limit_out_of_range'>> {
  const role = requireRole(actor, 'custodian', 'auditor')
  if (!role.ok) return role
  const limit = page.limit ?? PAGE
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    return refuse('limit_out_of_range', `A page holds 1 to ${MAX_PAGE} bookings.`, 'Ask for fewer.', { where: 'limit' })
  }
  return await deps.store.transaction(scopeOf(actor), async (tx) => {
    const found = await bookingsBefore(tx, page.after ?? null, limit + 1)
    const bookings = found.slice(0, limit)
    return done({ bookings, next: found.length > limit ? (bookings.at(-1)?.id ?? null) : null })
  })
}

/** How many people and photographs are enrolled. */
export async function galleryCounts(deps: Pick<GalleryDeps, 'store'>): Promise<GalleryCounts> {
  return await deps.store.transaction({ agency: null }, countGallery)
}

/** Every source that the agency may search, by name. */
export async function sourcesFor(tx: Tx, agency: string): Promise<readonly Source[]> {
  return await readSourcesFor(tx, agency)
}

/** The sources that the asker's agency may search, by name: for everybody who is signed in. */
export async function searchableSources(
  deps: Pick<GalleryDeps, 'store'>,
  actor: Actor,
): Promise<readonly Pick<Source, 'id' | 'name'>[]> {
  const sources = await deps.store.transaction(scopeOf(actor), (tx) => readSourcesFor(tx, actor.agency))
  return sources.map(({ id, name }) => ({ id, name }))
}
