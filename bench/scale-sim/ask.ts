import { NO_FILTER } from '../../src/gallery/gallery-filter.ts'

/** What a search without filter asks an index for first (`certified-search.ts`). */
export const ASK = { k: 1024, floor: -1, filter: { ...NO_FILTER, sources: null } } as const
