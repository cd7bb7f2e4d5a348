import type { Clock, Ids } from '../base/index.ts'
import type { Store } from '../store/index.ts'

/** What the acts of this room work with. */
export interface AccessDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
}
