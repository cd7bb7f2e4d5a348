import type { Clock, Ids } from '../base/index.ts'
import type { Store } from '../store/index.ts'

/** What the acts of this room need. */
export interface PolicyDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
}
