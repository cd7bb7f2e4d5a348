import { type Actor, requireRole, scopeOf } from '../../access/index.ts'
import { append } from '../../audit/index.ts'
import { done, type Outcome, refuse, sha256Hex, toStamp } from '../../base/index.ts'
import type { Tx } from '../../store/index.ts'
import { type EvaluationSummary, type ReportCode, readReport } from './attached-evaluation.ts'
import { evaluationWithDigest, insertEvaluation, lockModels, registeredModel } from './records.ts'
import type { RegistryDeps } from './registered-model.ts'

export interface EvaluationInput {
  /** The report of an evaluation, as JSON. */
  readonly report: unknown
  /** The digest that came with it, if one did; it must be the report's. */
  readonly digest?: string
}

export type AttachEvaluationCode = 'role_required' | ReportCode | 'report_digest_differs' | 'model_unknown'

type AttachDeps = Omit<RegistryDeps, 'examineModel'>

/**
 * Puts the report of an evaluation on record, so that a change of model or threshold can refer to it. Its digest is
 * computed here. The same report is attached once. Role: administrator.
 */
export async function attachEvaluation(
  deps: AttachDeps,
  actor: Actor,
  input: EvaluationInput,
): Promise<Outcome<EvaluationSummary, AttachEvaluationCode>> {
  const role = requireRole(actor, 'administrator')
  if (!role.ok) return role
  const read = readReport(input.report)
  if (!read.ok) return read
  const { report, text } = read.value
  const digest = sha256Hex(text)
  if (input.digest !== undefined && input.digest !== digest) {
    const message = 'The report was changed after its digest was computed.'
    return refuse('report_digest_differs', message, 'Attach the report as the evaluation wrote it.', {
      where: 'digest',
    })
  }
  return await deps.store.act<EvaluationSummary, AttachEvaluationCode>(scopeOf(actor), async (tx) => {
    await lockModels(tx)
    const model = await nameOf(tx, deps, report.model)
    if (model === null) return unknownModel(report.model.id)
    const known = await evaluationWithDigest(tx, digest)
    if (known !== null) return done(known)
    const { name, digest: setDigest } = report.set
    const evaluation: EvaluationSummary = {
      id: deps.ids.next('eval'),
      model: { id: model, sha256: report.model.sha256 },
      set: { name, digest: setDigest },
      digest,
      attachedAt: toStamp(deps.clock.now()),
      attachedBy: actor.account,
    }
    await insertEvaluation(tx, evaluation, text)
    const facts = { model: report.model.sha256, set: setDigest, report: digest }
    const entry = { actor: actor.account, agency: actor.agency, about: evaluation.id }
    await append(tx, deps, { act: 'evaluation.attached', ...entry, facts })
    return done(evaluation)
  })
}

/** The id under which this system knows the model, whatever the report calls it. */
async function nameOf(
  tx: Tx,
  { builtIn }: AttachDeps,
  { sha256 }: { readonly sha256: string },
): Promise<string | null> {
  if (sha256 === builtIn.sha256) return builtIn.id
  return (await registeredModel(tx, sha256))?.id ?? null
}

function unknownModel(id: string): Outcome<never, 'model_unknown'> {
  const message = `The report is about model ${id}, which is neither built in nor registered in this form.`
  return refuse('model_unknown', message, 'Register the model first, then evaluate it.', { where: 'report' })
}
