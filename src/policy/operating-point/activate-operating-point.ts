import { append } from '../../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../../base/index.ts'
import { enrolWith, settledCoverage, type TemplateCoverage } from '../../gallery/index.ts'
import type { Tx } from '../../store/index.ts'
import { EVALUATION_FLOOR } from './floor.ts'
import {
  defaultOperatingPoint,
  type OperatingPoint,
  type OperatingPointDeps,
  type Proposal,
} from './operating-point.ts'
import { modelToUse } from './propose-operating-point.ts'
import { currentOperatingPoint, insertOperatingPoint, lockOperatingPoint, proposalOf } from './records.ts'

export type ActivateCode =
  | 'not_found'
  | 'proposal_not_approved'
  | 'model_unknown'
  | 'templates_missing'
  | 'too_many_without_template'

/**
 * Puts an approved change of model in force, once every photograph has a template of it or is known to have none.
 * Enrolments wait for the moment of the change, so that none is left behind. Done by the system: people decided before.
 */
export async function activateOperatingPoint(
  deps: OperatingPointDeps,
  proposalId: string,
): Promise<Outcome<OperatingPoint, ActivateCode>> {
  return await deps.store.act<OperatingPoint, ActivateCode>({ agency: null }, async (tx) => {
    // The lock of the gallery comes before that of the operating point, here and below.
    const untold = await proposalOf(tx, proposalId)
    if (untold === null) return refuse('not_found', 'There is no such proposal.', 'Choose one from the list.')
    const coverage = await settledCoverage(tx, untold.model.sha256)
    await lockOperatingPoint(tx)
    const proposal = (await proposalOf(tx, proposalId)) ?? untold
    const allowed = await mayActivate(tx, deps, proposal, coverage)
    if (!allowed.ok) return allowed
    const { templates, failed } = coverage
    return done(await putInForce(tx, deps, proposal, { templates, failed }))
  })
}

async function mayActivate(
  tx: Tx,
  deps: OperatingPointDeps,
  proposal: Proposal,
  { bookings, failed, missing }: TemplateCoverage,
): Promise<Outcome<null, ActivateCode>> {
  if (proposal.state !== 'approved') {
    const message = `The proposal is ${proposal.state}; only an approved one comes into force.`
    return refuse('proposal_not_approved', message, 'Look at its state in the list.')
  }
  if ((await modelToUse(tx, deps, proposal.model.sha256)) === null) {
    const message = `Model ${proposal.model.id} is no longer part of this system.`
    return refuse('model_unknown', message, 'Reject the proposal and make a new one.')
  }
  if (missing > 0) {
    const message = `${missing} photographs have no template of the new model yet.`
    return refuse('templates_missing', message, 'Wait; the server makes them in the background.')
  }
  if (failed <= bookings * EVALUATION_FLOOR.mostWithoutTemplate) return done(null)
  const message = `The new model could make no template of ${failed} of ${bookings} photographs; searches would miss them.`
  return refuse('too_many_without_template', message, 'Reject the proposal; look at the reasons of the failures.')
}

/** The row, the entry, and from now on only this model enrols. */
export async function putInForce(
  tx: Tx,
  deps: OperatingPointDeps,
  { id: proposal, kind, model, similarityFloor, evaluation }: Proposal,
  counts: { readonly templates?: number; readonly failed?: number } = {},
): Promise<OperatingPoint> {
  const activatedAt = toStamp(deps.clock.now())
  const point = { id: deps.ids.next('oppt'), model, similarityFloor, proposal, evaluation, activatedAt }
  if (kind === 'model') await enrolWith(tx, model.sha256, activatedAt)
  await insertOperatingPoint(tx, point)
  const facts = { model: model.sha256, floor: similarityFloor, proposal, evaluation, ...counts }
  const entry = { actor: null, agency: null, about: point.id }
  await append(tx, deps, { act: 'operating.point.activated', ...entry, facts })
  return point
}

/**
 * A new version of the program brings another built-in model, and the former one is gone. When it was in force, the
 * new one with its own floor takes its place, on record; a registered model stays in force. Called when rooms open.
 */
export async function followVersion(deps: OperatingPointDeps): Promise<OperatingPoint> {
  return await deps.store.transaction({ agency: null }, async (tx) => {
    const before = await currentOperatingPoint(tx)
    if (before === null) return defaultOperatingPoint(deps)
    if ((await modelToUse(tx, deps, before.model.sha256)) !== null) return before
    await settledCoverage(tx, deps.builtIn.sha256)
    await lockOperatingPoint(tx)
    const current = (await currentOperatingPoint(tx)) ?? before
    if (current.id !== before.id) return current
    return await replaceBuiltIn(tx, deps)
  })
}

async function replaceBuiltIn(tx: Tx, deps: OperatingPointDeps): Promise<OperatingPoint> {
  const activatedAt = toStamp(deps.clock.now())
  const point = { ...defaultOperatingPoint(deps), id: deps.ids.next('oppt'), activatedAt }
  await enrolWith(tx, point.model.sha256, activatedAt)
  await insertOperatingPoint(tx, point)
  const facts = { model: point.model.sha256, floor: point.similarityFloor }
  const entry = { actor: null, agency: null, about: point.id }
  await append(tx, deps, { act: 'operating.point.activated', ...entry, facts })
  return point
}
