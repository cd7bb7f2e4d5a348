import type { Clock, Ids } from '../base/index.ts'
import type { Engine } from '../engine/index.ts'
import type { Store } from '../store/index.ts'

/** What the acts of this room need. */
export interface IntakeDeps {
  readonly store: Store
  readonly engine: Engine
  readonly clock: Clock
  readonly ids: Ids
}
