import { type Actor, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import { readRequest } from '../intake/index.ts'
import type { Decision } from './decision.ts'
import type { Moratorium } from './moratorium.ts'
import type { PolicyDeps } from './policy-deps.ts'
import { decisionOf, moratoriumOf } from './records.ts'

/** The latest decision about a request that the actor may read; null when none was made yet. */
export async function readDecision(
  deps: Pick<PolicyDeps, 'store' | 'clock'>,
  actor: Actor,
  requestId: string,
): Promise<Outcome<Decision | null, 'not_found'>> {
  const request = await readRequest(deps, actor, requestId)
  if (!request.ok) return request
  return done(await deps.store.transaction(scopeOf(actor), (tx) => decisionOf(tx, requestId)))
}

/** The moratorium in force for the actor's agency; everyone may know. */
export async function currentMoratorium(deps: Pick<PolicyDeps, 'store'>, actor: Actor): Promise<Moratorium | null> {
  return await deps.store.transaction(scopeOf(actor), moratoriumOf)
}
