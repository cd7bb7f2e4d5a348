import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import { isVerifiedConclusion, type VerifiedConclusion, verifiedConclusion } from '../examination/index.ts'
import { moveRequest } from '../intake/index.ts'
import { searchOf } from '../search/index.ts'
import type { Tx } from '../store/index.ts'
import { DISCLAIMER } from './disclaimer.ts'
import type { Lead, LeadDeps } from './lead.ts'
import { insertLead, leadOfRequest, lockLead } from './records.ts'

export type IssueCode = 'role_required' | 'conclusion_not_verified' | 'conclusion_is_no_lead'

type Issuer = Pick<Actor, 'account' | 'agency'>

/** Makes the one lead of a request; asked again it answers with the same lead. */
export async function issueLead(
  deps: LeadDeps,
  actor: Actor,
  verified: VerifiedConclusion,
): Promise<Outcome<Lead, IssueCode>> {
  const role = requireRole(actor, 'examiner', 'supervisor')
  if (!role.ok) return role
  if (!isVerifiedConclusion(verified) || verified.agency !== actor.agency) return NOT_VERIFIED
  return await deps.store.act(scopeOf(actor), (tx) => issueOnce(tx, deps, actor, verified.request))
}

/** `issueLead` inside a transaction, in the name of an examiner who signed. */
export async function issueOnce(
  tx: Tx,
  deps: LeadDeps,
  actor: Issuer,
  request: string,
): Promise<Outcome<Lead, IssueCode>> {
  await lockLead(tx, request)
  const issued = await leadOfRequest(tx, request)
  if (issued !== null) return done(issued)
  // The value may outlive the transaction that made it: only what is committed counts.
  const verified = await verifiedConclusion(tx, request)
  if (verified === null) return NOT_VERIFIED
  const search = await searchOf(tx, request)
  const named = search?.candidates.find((candidate) => candidate.id === verified.candidate)
  if (verified.conclusion !== 'investigative_lead' || named === undefined) return NO_LEAD
  return done(await writeLead(tx, deps, actor, { request, candidate: named.id, booking: named.booking }))
}

async function writeLead(
  tx: Tx,
  deps: LeadDeps,
  actor: Issuer,
  named: Pick<Lead, 'request' | 'candidate' | 'booking'>,
): Promise<Lead> {
  const { account, agency } = actor
  const id = deps.ids.next('lead')
  await moveRequest(tx, named.request, 'lead')
  const facts = { request: named.request, disclaimer: DISCLAIMER.version }
  await append(tx, deps, { act: 'lead.issued', actor: account, agency, about: id, facts })
  const lead: Lead = {
    ...named,
    ...{ id, agency, issuedBy: account, status: 'open' as const },
    issuedAt: toStamp(deps.clock.now()),
    disclaimerVersion: DISCLAIMER.version,
    log: null,
  }
  await insertLead(tx, lead)
  return lead
}

const NOT_VERIFIED = refuse(
  'conclusion_not_verified',
  'A lead needs a conclusion that two examiners signed.',
  'Wait until the second examiner has signed.',
)

const NO_LEAD = refuse(
  'conclusion_is_no_lead',
  'The examiners did not conclude that there is a lead.',
  'Read their record; a new look needs a new request.',
)
