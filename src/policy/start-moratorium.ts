import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { Moratorium } from './moratorium.ts'
import { moratoriumReason, type ReasonCode } from './moratorium-reason.ts'
import type { PolicyDeps } from './policy-deps.ts'
import { insertMoratorium, lockMoratorium } from './records.ts'

export type StartMoratoriumCode = 'role_required' | ReasonCode | 'moratorium_in_force'

/** Stops every search of the agency at once, also with permits given before and searches under way. */
export async function startMoratorium(
  deps: PolicyDeps,
  actor: Actor,
  input: { readonly reason: string },
): Promise<Outcome<Moratorium, StartMoratoriumCode>> {
  const allowed = requireRole(actor, 'supervisor', 'administrator')
  if (!allowed.ok) return allowed
  const reason = moratoriumReason(input.reason)
  if (!reason.ok) return reason
  return await deps.store.act(scopeOf(actor), async (tx) => {
    if ((await lockMoratorium(tx)) !== null) {
      return refuse('moratorium_in_force', 'A moratorium is in force already.', 'Nothing is left to do.')
    }
    const moratorium: Moratorium = {
      id: deps.ids.next('mor'),
      agency: actor.agency,
      reason: reason.value,
      startedAt: toStamp(deps.clock.now()),
      startedBy: actor.account,
      startedByName: actor.name,
    }
    await insertMoratorium(tx, moratorium)
    const entry = { actor: actor.account, agency: actor.agency, about: moratorium.id }
    const facts = { scope: actor.ori, reason: reason.value }
    await append(tx, deps, { act: 'moratorium.started', ...entry, facts })
    return done(moratorium)
  })
}
