import type { Actor } from '../access/index.ts'
import type { Outcome } from '../base/index.ts'
import { type DecideCode, decide } from './decide.ts'
import type { Permit } from './permit.ts'
import type { PolicyDeps } from './policy-deps.ts'

/** Decides a request before any face is compared: a permit, or a refusal with every directive's finding on record. */
export async function decideRequest(
  deps: PolicyDeps,
  actor: Actor,
  requestId: string,
): Promise<Outcome<Permit, DecideCode>> {
  return await decide(deps, actor, requestId, { reuse: false })
}
