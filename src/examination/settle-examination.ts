import type { Actor } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { type Clock, toStamp } from '../base/index.ts'
import { moveRequest } from '../intake/index.ts'
import type { Tx } from '../store/index.ts'
import type { ExaminationOutcome } from './examination.ts'
import { stepsOf } from './progress.ts'
import { insertOutcome, outcomeOf, signaturesOf } from './records.ts'
import { agree, type Settled, settle } from './settlement.ts'
import { makeVerifiedConclusion, type VerifiedConclusion } from './verified-conclusion.ts'

/**
 * After a signature: writes the outcome when the signatures add up to one, and moves the request on.
 * A request that leads to a lead is moved by `issueLead`, in the transaction that makes the lead.
 */
export async function settleExamination(
  tx: Tx,
  deps: { readonly clock: Clock },
  actor: Actor,
  request: string,
): Promise<Settled> {
  const settled = settle(await signaturesOf(tx, request))
  if (settled.state === 'awaiting_second') await moveRequest(tx, request, 'in_verification')
  if (settled.state === 'unresolved') await moveRequest(tx, request, 'in_resolution')
  if (settled.outcome === null) return settled
  const outcome: ExaminationOutcome = { ...settled.outcome, request, resolvedAt: toStamp(deps.clock.now()) }
  await insertOutcome(tx, actor.agency, outcome)
  if (outcome.conclusion !== 'investigative_lead') await moveRequest(tx, request, 'closed')
  await append(tx, deps, {
    act: 'examination.resolved',
    actor: actor.account,
    agency: actor.agency,
    about: request,
    facts: { request, outcome: outcome.conclusion },
  })
  return settled
}

/** The conclusion that two examiners share, or null while, or because, there is none. */
export async function verifiedConclusion(tx: Tx, request: string): Promise<VerifiedConclusion | null> {
  const outcome = await outcomeOf(tx, request)
  if (outcome === null || outcome.settledBy === 'none') return null
  const signed = { conclusion: outcome.conclusion, leadCandidate: outcome.candidate }
  const steps = await stepsOf(tx, request)
  const shared = steps.filter((step) => step.signature !== null && agree(step.signature, signed))
  return makeVerifiedConclusion(
    outcome,
    shared.map((step) => step.examination),
  )
}
