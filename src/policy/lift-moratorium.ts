import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { Moratorium } from './moratorium.ts'
import { moratoriumReason, type ReasonCode } from './moratorium-reason.ts'
import type { PolicyDeps } from './policy-deps.ts'
import { insertMoratoriumLift, lockMoratorium } from './records.ts'

export type LiftMoratoriumCode = 'role_required' | ReasonCode | 'no_moratorium'

/** Lifts the agency's moratorium; both its start and its end stay on record. */
export async function liftMoratorium(
  deps: PolicyDeps,
  actor: Actor,
  input: { readonly reason: string },
): Promise<Outcome<Moratorium, LiftMoratoriumCode>> {
  const allowed = requireRole(actor, 'supervisor', 'administrator')
  if (!allowed.ok) return allowed
  const reason = moratoriumReason(input.reason)
  if (!reason.ok) return reason
  return await deps.store.act(scopeOf(actor), async (tx) => {
    const moratorium = await lockMoratorium(tx)
    if (moratorium === null) return refuse('no_moratorium', 'No moratorium is in force.', 'Nothing is left to do.')
    const { agency, account } = actor
    await insertMoratoriumLift(tx, {
      moratorium: moratorium.id,
      agency,
      reason: reason.value,
      liftedAt: toStamp(deps.clock.now()),
      liftedBy: account,
    })
    const facts = { reason: reason.value }
    await append(tx, deps, { act: 'moratorium.lifted', actor: account, agency, about: moratorium.id, facts })
    return done(moratorium)
  })
}
