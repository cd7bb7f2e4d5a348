import { type Actor, scopeOf } from '../access/index.ts'
import { done, type Outcome } from '../base/index.ts'
import type { IntakeDeps } from './intake-deps.ts'
import type { Probe } from './probe.ts'
import { probeOf } from './records.ts'
import { withhold } from './withhold.ts'

/** A probe, for whoever handed it in and for the agency's supervisors and auditors. */
export async function readProbe(
  deps: Pick<IntakeDeps, 'store' | 'clock'>,
  actor: Actor,
  id: string,
): Promise<Outcome<Probe, 'not_found'>> {
  const probe = await deps.store.transaction(scopeOf(actor), (tx) => probeOf(tx, id))
  if (probe === null || !mayRead(actor, probe.uploadedBy)) return await withhold(deps, actor, 'probe', id)
  return done(probe)
}

/** Own records, and for supervisors and auditors every record of their agency. */
export function mayRead(actor: Actor, owner: string): boolean {
  return actor.account === owner || actor.roles.includes('supervisor') || actor.roles.includes('auditor')
}
