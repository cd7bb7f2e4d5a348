import type { Actor } from '../access/index.ts'
import type { Outcome } from '../base/index.ts'
import { type DecideCode, decide } from './decide.ts'
import type { Permit } from './permit.ts'
import type { PolicyDeps } from './policy-deps.ts'

/**
 * The permit to search with now: decided again with the facts of now. The permit given before comes back while
 * it is good; otherwise a new decision is kept and logged. What has become forbidden is refused, permit or not.
 */
export async function permitFor(
  deps: PolicyDeps,
  actor: Actor,
  requestId: string,
): Promise<Outcome<Permit, DecideCode>> {
  return await decide(deps, actor, requestId, { reuse: true })
}
