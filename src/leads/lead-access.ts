import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import type { Outcome } from '../base/index.ts'
import { type ExaminationRecord, recordOf } from '../examination/index.ts'
import { requestOf, type SearchRequest, withhold } from '../intake/index.ts'
import type { Tx } from '../store/index.ts'
import type { Lead, LeadDeps } from './lead.ts'
import { leadById } from './records.ts'

/** Who asks: somebody who wants to read a lead, or somebody who wants to work with it. */
export type Purpose = 'read' | 'work'

export interface AccessibleLead {
  readonly lead: Lead
  readonly request: SearchRequest
}

const ROLES_FOR = {
  read: ['investigator', 'examiner', 'supervisor', 'auditor'],
  work: ['investigator', 'supervisor'],
} as const

export function requireLeadRole(actor: Actor, purpose: Purpose): Outcome<Actor, 'role_required'> {
  return requireRole(actor, ...ROLES_FOR[purpose])
}

/** Runs the work on a lead that this person may have; anything else is withheld, and the log keeps that it was asked for. */
export async function withLead<T, C extends string>(
  deps: LeadDeps,
  actor: Actor,
  id: string,
  purpose: Purpose,
  work: (tx: Tx, found: AccessibleLead) => Promise<Outcome<T, C>>,
): Promise<Outcome<T, C | 'role_required' | 'not_found'>> {
  const role = requireLeadRole(actor, purpose)
  if (!role.ok) return role
  const outcome = await deps.store.transaction(scopeOf(actor), async (tx) => {
    const found = await accessibleLead(tx, actor, id, purpose)
    return found === null ? null : await work(tx, found)
  })
  return outcome ?? (await withhold(deps, actor, 'lead', id))
}

/** The lead, when this person may have it for that purpose. */
export async function accessibleLead(
  tx: Tx,
  actor: Actor,
  id: string,
  purpose: Purpose,
): Promise<AccessibleLead | null> {
  const lead = await leadById(tx, id)
  const request = lead === null ? null : await requestOf(tx, lead.request)
  if (lead === null || request === null) return null
  return (await mayHave(tx, actor, request, purpose)) ? { lead, request } : null
}

async function mayHave(tx: Tx, actor: Actor, request: SearchRequest, purpose: Purpose): Promise<boolean> {
  if (actor.roles.includes('supervisor') || request.requester === actor.account) return true
  if (purpose === 'work') return false
  if (actor.roles.includes('auditor')) return true
  const record = await recordOf(tx, request.id)
  return record.ok && hasSigned(record.value, actor)
}

function hasSigned(record: ExaminationRecord, actor: Actor): boolean {
  return record.examinations.some((one) => one.examiner.account === actor.account && one.signature !== null)
}
