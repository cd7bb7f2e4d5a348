import type { Clock, Ids } from '../base/index.ts'
import type { Engine } from '../engine/index.ts'
import type { GallerySearch } from '../gallery/index.ts'
import type { Store } from '../store/index.ts'

/** What a search needs. */
export interface SearchDeps {
  readonly store: Store
  readonly engine: Engine
  readonly gallery: GallerySearch
  readonly clock: Clock
  readonly ids: Ids
}
