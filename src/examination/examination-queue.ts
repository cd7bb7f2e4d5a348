import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import { requestsIn } from '../intake/index.ts'
import { searchOf } from '../search/index.ts'
import type { Tx } from '../store/index.ts'
import type { ExaminationDeps, Order } from './examination.ts'
import { claimOf, EXAMINED_STATES, type Examined, progressOf } from './progress.ts'

/** One request that this examiner may open (`waiting`) or has open (`mine`). Nothing about the case. */
export interface QueueItem {
  readonly request: string
  readonly order: Order
  readonly state: 'waiting' | 'mine'
  readonly examination?: string
  /** When the candidate list was made. */
  readonly receivedAt: string
  /** How many candidates there are to judge. */
  readonly candidates: number
}

/** What this examiner can work on, longest waiting first. */
export async function examinationQueue(
  deps: ExaminationDeps,
  actor: Actor,
): Promise<Outcome<readonly QueueItem[], 'role_required'>> {
  const role = requireRole(actor, 'examiner')
  if (!role.ok) return role
  const items = await deps.store.transaction(scopeOf(actor), async (tx) => {
    const found: QueueItem[] = []
    for (const request of await requestsIn(tx, EXAMINED_STATES)) {
      const item = await queueItem(tx, request, actor.account)
      if (item !== null) found.push(item)
    }
    return found
  })
  return done(items.sort((left, right) => (left.receivedAt < right.receivedAt ? -1 : 1)))
}

async function queueItem(
  tx: Tx,
  request: Examined & { readonly id: string },
  examiner: string,
): Promise<QueueItem | null> {
  const claim = claimOf(request, await progressOf(tx, request.id), examiner)
  const search = await searchOf(tx, request.id)
  if (!claim.ok || search === null) return null
  const { held } = claim.value
  const waiting = { receivedAt: search.finishedAt, candidates: search.candidates.length }
  if (held === null) return { request: request.id, order: claim.value.order, state: 'waiting', ...waiting }
  return { request: request.id, order: held.order, state: 'mine', examination: held.id, ...waiting }
}
