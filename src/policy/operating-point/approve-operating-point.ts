import { type Actor, requireRole, scopeOf } from '../../access/index.ts'
import { append } from '../../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../../base/index.ts'
import type { Tx } from '../../store/index.ts'
import { putInForce } from './activate-operating-point.ts'
import { noteRefusal } from './note-refusal.ts'
import { APPROVALS_NEEDED, type OperatingPointDeps, type Proposal } from './operating-point.ts'
import { insertApproval, lockOperatingPoint, proposalOf } from './records.ts'

export type ApproveCode = 'role_required' | 'not_found' | 'proposal_closed' | 'own_proposal' | 'approved_already'

/**
 * Approves a proposed change. Two people must, and neither may be the one who proposed it. With the second approval a
 * change of floor alone is in force; a change of model first waits for templates of the whole gallery. A refusal is an
 * entry too. Roles: supervisor, administrator.
 */
export async function approveOperatingPoint(
  deps: OperatingPointDeps,
  actor: Actor,
  proposal: string,
): Promise<Outcome<Proposal, ApproveCode>> {
  const role = requireRole(actor, 'supervisor', 'administrator')
  if (!role.ok) return role
  return await deps.store.transaction(scopeOf(actor), async (tx): Promise<Outcome<Proposal, ApproveCode>> => {
    await lockOperatingPoint(tx)
    const allowed = mayApprove(await proposalOf(tx, proposal), actor)
    if (!allowed.ok) {
      await noteRefusal(tx, deps, actor, { codes: [allowed.problem.code], proposal })
      return allowed
    }
    return done(await keepApproval(tx, deps, actor, allowed.value))
  })
}

function mayApprove(proposal: Proposal | null, actor: Actor): Outcome<Proposal, ApproveCode> {
  if (proposal === null) return refuse('not_found', 'There is no such proposal.', 'Choose one from the list.')
  if (proposal.state !== 'proposed') {
    const message = `This proposal is ${proposal.state} and takes no more approvals.`
    return refuse('proposal_closed', message, 'Look at its state in the list.')
  }
  if (proposal.proposedBy === actor.account) {
    return refuse('own_proposal', 'Nobody approves a change of his own.', 'Ask two other people to approve it.')
  }
  if (proposal.approvals.some(({ account }) => account === actor.account)) {
    return refuse('approved_already', 'You approved this change already.', 'A second person must approve it.')
  }
  return done(proposal)
}

async function keepApproval(tx: Tx, deps: OperatingPointDeps, actor: Actor, proposal: Proposal): Promise<Proposal> {
  await insertApproval(tx, proposal, {
    ...{ account: actor.account, name: actor.name, at: toStamp(deps.clock.now()) },
  })
  const approval = proposal.approvals.length + 1
  const entry = { actor: actor.account, agency: actor.agency, about: proposal.id }
  await append(tx, deps, { act: 'operating.point.approved', ...entry, facts: { approval, needed: APPROVALS_NEEDED } })
  if (approval === APPROVALS_NEEDED && proposal.kind === 'floor') await putInForce(tx, deps, proposal)
  return (await proposalOf(tx, proposal.id)) as Proposal
}
