import { type Actor, requireRole, scopeOf } from '../../access/index.ts'
import { append } from '../../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../../base/index.ts'
import {
  type AttachedEvaluation,
  type EvaluationReport,
  evaluationOf,
  evaluationsOn,
  registeredModel,
} from '../../evaluation/index.ts'
import type { Tx } from '../../store/index.ts'
import { type FloorFinding, judgeEvaluation, sameSearches } from './judge-evaluation.ts'
import { noteRefusal } from './note-refusal.ts'
import {
  defaultOperatingPoint,
  type OperatingPoint,
  type OperatingPointDeps,
  type Proposal,
  type ProposalInput,
} from './operating-point.ts'
import { currentOperatingPoint, insertProposal, lockOperatingPoint, openProposal, proposalOf } from './records.ts'

export type ProposeCode =
  | 'role_required'
  | 'similarity_floor_unusable'
  | 'model_unknown'
  | 'nothing_changes'
  | 'another_proposal_open'
  | 'evaluation_missing'
  | 'evaluation_other_model'
  | 'active_not_evaluated'
  | 'evaluation_below_floor'

/**
 * Proposes another model, another similarity floor, or both. Nothing changes yet: two other people must approve. The
 * attached evaluation is judged against the floor and against the model in force on the same searches; one that falls
 * below is refused. One proposal at a time. Refusals are entries too. Role: administrator.
 */
export async function proposeOperatingPoint(
  deps: OperatingPointDeps,
  actor: Actor,
  input: ProposalInput,
): Promise<Outcome<Proposal, ProposeCode>> {
  const role = requireRole(actor, 'administrator')
  if (!role.ok) return role
  if (!(input.similarityFloor >= -1 && input.similarityFloor <= 1)) return floorUnusable()
  return await deps.store.transaction(scopeOf(actor), async (tx) => {
    await lockOperatingPoint(tx)
    const accepted = await mayPropose(tx, deps, input)
    if (accepted.ok) return done(await keepProposal(tx, deps, actor, input, accepted.value))
    const rules = accepted.problem.facts?.rules
    const codes = [accepted.problem.code, ...(Array.isArray(rules) ? rules : [])]
    const { modelSha256, evaluation } = input
    await noteRefusal(tx, deps, actor, { codes, model: modelSha256, evaluation })
    return accepted
  })
}

interface Accepted {
  readonly kind: Proposal['kind']
  readonly model: Proposal['model']
  readonly evaluation: AttachedEvaluation
  readonly findings: readonly FloorFinding[]
}

async function mayPropose(
  tx: Tx,
  deps: OperatingPointDeps,
  input: ProposalInput,
): Promise<Outcome<Accepted, ProposeCode>> {
  const current = (await currentOperatingPoint(tx)) ?? defaultOperatingPoint(deps)
  const model = await modelToUse(tx, deps, input.modelSha256)
  if (model === null) return modelUnknown()
  const kind = model.sha256 === current.model.sha256 ? 'floor' : 'model'
  if (kind === 'floor' && input.similarityFloor === current.similarityFloor) return nothingChanges()
  const open = await openProposal(tx)
  if (open !== null) return anotherOpen(open)
  const evaluation = await evaluationFor(tx, input)
  if (!evaluation.ok) return evaluation
  const active = await evaluationOfActive(tx, current, evaluation.value)
  if (active === null) return activeNotEvaluated(current, evaluation.value)
  const { similarityFloor } = input
  const findings = judgeEvaluation({ proposed: evaluation.value.report, active, similarityFloor })
  const failed = findings.filter(({ outcome }) => outcome === 'failed')
  if (failed.length > 0) return belowFloor(failed)
  return done({ kind, model, evaluation: evaluation.value, findings })
}

/** The model of this digest as this system knows it: built in or registered. */
export async function modelToUse(
  tx: Tx,
  { builtIn }: Pick<OperatingPointDeps, 'builtIn'>,
  sha256: string,
): Promise<Proposal['model'] | null> {
  if (sha256 === builtIn.sha256) return { id: builtIn.id, sha256 }
  const registered = await registeredModel(tx, sha256)
  return registered === null ? null : { id: registered.id, sha256 }
}

async function evaluationFor(
  tx: Tx,
  input: ProposalInput,
): Promise<Outcome<AttachedEvaluation, 'evaluation_missing' | 'evaluation_other_model'>> {
  const detail = { where: 'evaluation' }
  const found = input.evaluation === undefined ? null : await evaluationOf(tx, input.evaluation)
  if (found === null) {
    const message = 'A change of model or threshold needs an attached evaluation, and there is none.'
    return refuse('evaluation_missing', message, 'Evaluate the model, attach the report, and name it.', detail)
  }
  if (found.model.sha256 === input.modelSha256) return done(found)
  const message = `This evaluation is of model ${found.model.id}, not of the proposed one.`
  return refuse('evaluation_other_model', message, 'Name an evaluation of the proposed model.', detail)
}

/** The newest evaluation of the model in force on the same searches; for a change of floor alone it is the same one. */
async function evaluationOfActive(
  tx: Tx,
  current: OperatingPoint,
  proposed: AttachedEvaluation,
): Promise<EvaluationReport | null> {
  if (proposed.model.sha256 === current.model.sha256) return proposed.report
  const others = await evaluationsOn(tx, current.model.sha256, proposed.set.digest)
  return others.find(({ report }) => sameSearches(report, proposed.report))?.report ?? null
}

async function keepProposal(
  tx: Tx,
  deps: OperatingPointDeps,
  actor: Actor,
  { similarityFloor }: ProposalInput,
  { kind, model, evaluation, findings }: Accepted,
): Promise<Proposal> {
  const id = deps.ids.next('prop')
  const proposed = { proposedAt: toStamp(deps.clock.now()), proposedBy: actor.account, proposedByName: actor.name }
  await insertProposal(tx, { id, kind, model, similarityFloor, evaluation: evaluation.id, findings, ...proposed })
  const facts = { model: model.sha256, floor: similarityFloor, evaluation: evaluation.id }
  const entry = { actor: actor.account, agency: actor.agency, about: id }
  await append(tx, deps, { act: 'operating.point.proposed', ...entry, facts })
  return (await proposalOf(tx, id)) as Proposal
}

function floorUnusable(): Outcome<never, 'similarity_floor_unusable'> {
  const message = 'A similarity floor is a cosine, from -1 to 1.'
  return refuse('similarity_floor_unusable', message, 'Take it from the evaluation.', { where: 'similarityFloor' })
}

function modelUnknown(): Outcome<never, 'model_unknown'> {
  const message = 'There is no such model: it is neither built in nor registered.'
  return refuse('model_unknown', message, 'Register it, or choose one from the list of models.', { where: 'model' })
}

function nothingChanges(): Outcome<never, 'nothing_changes'> {
  const message = 'This model and this similarity floor are in force already.'
  return refuse('nothing_changes', message, 'Propose another model or another floor.')
}

function anotherOpen(open: Proposal): Outcome<never, 'another_proposal_open'> {
  const message = `Proposal ${open.id} is still open, and one change is decided at a time.`
  return refuse('another_proposal_open', message, 'Approve it to its end, reject it or withdraw it first.')
}

function activeNotEvaluated(current: OperatingPoint, proposed: AttachedEvaluation) {
  const message = `The model in force, ${current.model.id}, was not evaluated on the same searches of ${proposed.set.name}.`
  const remedy = 'Evaluate it on the same photographs with the same options, and attach that report as well.'
  return refuse('active_not_evaluated', message, remedy, { where: 'evaluation' })
}

function belowFloor(failed: readonly FloorFinding[]): Outcome<never, 'evaluation_below_floor'> {
  const sentences = failed.map(({ sentence }) => sentence).join(' ')
  const message = `The evaluation falls below the floor that policy sets. ${sentences}`
  const facts = { rules: failed.map(({ rule }) => rule) }
  return refuse('evaluation_below_floor', message, 'Keep the model in force, or bring a better one.', { facts })
}
