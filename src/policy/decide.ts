import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { canonicalJson, done, type Outcome, refuse, sha256Hex, toStamp } from '../base/index.ts'
import { lockRequest, moveRequest, readRequest, type SearchRequest } from '../intake/index.ts'
import type { Tx } from '../store/index.ts'
import { activePack } from './active-pack.ts'
import type { Decision } from './decision.ts'
import { evaluate } from './evaluate.ts'
import { type Facts, factsJson } from './facts.ts'
import { gatherFacts } from './gather-facts.ts'
import { PERMIT_MINUTES, Permit } from './permit.ts'
import type { PolicyDeps } from './policy-deps.ts'
import { decisionOf, insertDecision } from './records.ts'

/** A directive's own code, or one of these. */
export type DecideCode = string

/** States in which no search was made yet. */
const DECIDABLE: readonly SearchRequest['state'][] = ['submitted', 'refused', 'permitted', 'failed']

export interface DecideOptions {
  /** Give back the latest permit, when it is still good and the facts of now allow it. */
  readonly reuse: boolean
}

/** Decides with the facts of now, keeps the decision and logs it, whatever it is. */
export async function decide(
  deps: PolicyDeps,
  actor: Actor,
  requestId: string,
  options: DecideOptions,
): Promise<Outcome<Permit, DecideCode>> {
  const visible = await readRequest(deps, actor, requestId)
  if (!visible.ok) return visible
  if (visible.value.requester !== actor.account) {
    return refuse('not_the_requester', 'Only the requester can have this decided.', 'Ask the requester to do it.')
  }
  return await deps.store.transaction(scopeOf(actor), (tx) => decideInside(deps, tx, actor, requestId, options))
}

async function decideInside(
  deps: PolicyDeps,
  tx: Tx,
  actor: Actor,
  requestId: string,
  options: DecideOptions,
): Promise<Outcome<Permit, DecideCode>> {
  const request = await lockRequest(tx, requestId)
  if (request === null || !DECIDABLE.includes(request.state)) return alreadySearched()
  const facts = await gatherFacts(deps, tx, actor, request)
  const verdict = evaluate(activePack(), facts)
  if (options.reuse && verdict.outcome === 'permitted') {
    const standing = await standingPermit(tx, actor, requestId, facts)
    if (standing !== null && request.state === 'permitted') return done(standing)
  }
  const decision = decisionFrom(deps, actor, request, facts, verdict)
  await insertDecision(tx, decision)
  await moveRequest(tx, requestId, decision.outcome)
  await logDecision(deps, tx, actor, decision)
  return answerOf(decision)
}

function decisionFrom(
  deps: PolicyDeps,
  actor: Actor,
  request: SearchRequest,
  facts: Facts,
  verdict: ReturnType<typeof evaluate>,
): Decision {
  const { pack, digest, cedarVersion } = activePack()
  const { filter } = facts.request
  const expiresAt = toStamp(new Date(Date.parse(facts.at) + PERMIT_MINUTES * 60_000))
  return {
    id: deps.ids.next('dec'),
    agency: actor.agency,
    request: request.id,
    at: facts.at,
    account: actor.account,
    outcome: verdict.outcome,
    pack: pack.id,
    policyDigest: digest,
    cedarVersion,
    facts,
    factsDigest: sha256Hex(canonicalJson(factsJson(facts))),
    findings: verdict.findings,
    permit: verdict.outcome === 'permitted' ? { id: deps.ids.next('permit'), expiresAt, usedAt: null, filter } : null,
  }
}

async function standingPermit(tx: Tx, actor: Actor, request: string, facts: Facts): Promise<Permit | null> {
  const latest = await decisionOf(tx, request)
  if (latest?.permit == null || latest.permit.usedAt !== null || latest.permit.expiresAt <= facts.at) return null
  if (latest.policyDigest !== activePack().digest || latest.account !== actor.account) return null
  return permitOf(latest, latest.permit)
}

function permitOf(decision: Decision, permit: NonNullable<Decision['permit']>): Permit {
  const { agency, request, account, policyDigest } = decision
  const { id, expiresAt, filter } = permit
  return Permit.issue({ id, agency, request, account, policyDigest, expiresAt, filter })
}

async function logDecision(deps: PolicyDeps, tx: Tx, actor: Actor, decision: Decision): Promise<void> {
  const entry = { actor: actor.account, agency: actor.agency, about: decision.request }
  const policy = decision.policyDigest
  if (decision.permit !== null) {
    const directives = decision.findings.map((finding) => finding.directive)
    const facts = { permit: decision.permit.id, policy, directives }
    await append(tx, deps, { act: 'request.permitted', ...entry, facts })
    return
  }
  const refused = decision.findings.filter((finding) => finding.outcome === 'refused')
  const facts = {
    codes: refused.map((finding) => finding.code),
    policy,
    directives: refused.map((finding) => finding.directive),
  }
  await append(tx, deps, { act: 'request.refused', ...entry, facts })
}

/** The first refusal speaks; all of them are in the facts and in the decision. */
function answerOf(decision: Decision): Outcome<Permit, DecideCode> {
  if (decision.permit !== null) return done(permitOf(decision, decision.permit))
  const refused = decision.findings.filter((finding) => finding.outcome === 'refused')
  const codes = refused.map((finding) => finding.code)
  const first = refused[0]
  const message = first?.sentence ?? 'The directives together do not allow this search.'
  return refuse(first?.code ?? 'policy_error', message, first?.remedy ?? 'Tell an administrator.', {
    facts: { codes, decision: decision.id },
  })
}

function alreadySearched(): Outcome<never, 'request_already_searched'> {
  return refuse(
    'request_already_searched',
    'This request was searched already; one request is one search.',
    'File a new request for another search.',
  )
}
