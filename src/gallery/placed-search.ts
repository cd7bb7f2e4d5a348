import type { Store } from '../store/index.ts'
import type { GallerySearch } from './gallery-search.ts'
import { type GalleryPlace, placeOf } from './records-place.ts'

/** Opens the search of a place when it is first needed. */
export type OpenPlace = (place: GalleryPlace) => Promise<GallerySearch>

/**
 * Searches where the gallery of the model is at the moment: asked of the database before each search, so that a move
 * takes effect in every server at once. A place that is left is closed when its last search ended.
 */
export function openPlacedSearch(store: Store, modelSha256: string, open: OpenPlace): GallerySearch {
  let current: { readonly place: GalleryPlace; readonly search: GallerySearch } | null = null
  let opening: Promise<GallerySearch> | null = null
  let closedComparisons = 0
  const leave = async (search: GallerySearch) => {
    await search.close()
    closedComparisons += search.comparisons
  }
  const here = async (): Promise<GallerySearch> => {
    const place = await store.transaction({ agency: null }, (tx) => placeOf(tx, modelSha256))
    if (current?.place === place) return current.search
    opening ??= open(place).finally(() => {
      opening = null
    })
    const search = await opening
    // Another search may have opened it meanwhile.
    if (current?.search === search) return search
    const former = current?.search
    current = { place, search }
    // Whatever goes wrong with a place that is no longer used must not stop a search.
    if (former !== undefined) leave(former).catch(() => undefined)
    return search
  }
  return {
    search: async (query, options) => await (await here()).search(query, options),
    searchMany: async (queries, options) => await (await here()).searchMany(queries, options),
    size: async () => await (await here()).size(),
    get comparisons() {
      return closedComparisons + (current?.search.comparisons ?? 0)
    },
    close: async () => {
      await current?.search.close()
    },
  }
}
