import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { isId } from '../base/index.ts'
import type { LineCode } from './folder-report.ts'
import type { GalleryDeps } from './gallery-deps.ts'

export interface RefusedBooking {
  /** As it was given. */
  readonly source: string
  readonly code: LineCode
  readonly line?: number | undefined
}

/** Logs that a photograph was not enrolled, in a transaction of its own. */
export async function recordRefusal(
  deps: Pick<GalleryDeps, 'store' | 'clock'>,
  actor: Actor,
  { source, code, line }: RefusedBooking,
): Promise<void> {
  await deps.store.transaction(scopeOf(actor), async (tx) => {
    await append(tx, deps, {
      act: 'booking.refused',
      actor: actor.account,
      agency: actor.agency,
      about: null,
      // What is not the id of a source is a stranger's text, and has no place in the log.
      facts: { source: isId('src', source) ? source : 'unknown', code, ...(line === undefined ? {} : { line }) },
    })
  })
}
