import { type Actor, requireRole, scopeOf } from '../../access/index.ts'
import { append } from '../../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../../base/index.ts'
import { moratoriumReason, type ReasonCode } from '../moratorium-reason.ts'
import type { OperatingPointDeps, Proposal } from './operating-point.ts'
import { insertClosure, lockOperatingPoint, proposalOf } from './records.ts'

export type RejectCode = 'role_required' | ReasonCode | 'not_found' | 'proposal_closed'

/**
 * Ends a proposal before it is in force, also while templates are being made: rejected, or withdrawn by the person who
 * made it. What was made for it is kept and used if it is proposed again. Roles: supervisor, administrator.
 */
export async function rejectOperatingPoint(
  deps: OperatingPointDeps,
  actor: Actor,
  input: { readonly proposal: string; readonly reason: string },
): Promise<Outcome<Proposal, RejectCode>> {
  const role = requireRole(actor, 'supervisor', 'administrator')
  if (!role.ok) return role
  const reason = moratoriumReason(input.reason)
  if (!reason.ok) return reason
  return await deps.store.act<Proposal, RejectCode>(scopeOf(actor), async (tx) => {
    await lockOperatingPoint(tx)
    const proposal = await proposalOf(tx, input.proposal)
    if (proposal === null) return refuse('not_found', 'There is no such proposal.', 'Choose one from the list.')
    if (proposal.state !== 'proposed' && proposal.state !== 'approved') {
      return refuse('proposal_closed', `This proposal is ${proposal.state} already.`, 'Look at its state in the list.')
    }
    const outcome = proposal.proposedBy === actor.account ? 'withdrawn' : 'rejected'
    const closed = { closedAt: toStamp(deps.clock.now()), closedBy: actor.account }
    await insertClosure(tx, { proposal: proposal.id, outcome, reason: reason.value, ...closed })
    const entry = { actor: actor.account, agency: actor.agency, about: proposal.id }
    await append(tx, deps, { act: 'operating.point.rejected', ...entry, facts: { outcome } })
    return done((await proposalOf(tx, proposal.id)) as Proposal)
  })
}
