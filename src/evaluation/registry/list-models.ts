import { type Actor, requireRole, scopeOf } from '../../access/index.ts'
import { done, type Outcome, refuse } from '../../base/index.ts'
import type { ModelIdentity } from '../../engine/index.ts'
import type { AttachedEvaluation, EvaluationSummary } from './attached-evaluation.ts'
import { evaluationOf, evaluationSummaries, registeredModels } from './records.ts'
import type { RegisteredModel, RegistryDeps } from './registered-model.ts'

/** A model that could be used, with what was measured of it. */
export interface ListedModel extends ModelIdentity {
  readonly origin: 'built_in' | 'registered'
  /** Null for the built-in one, whose licences its model card states. */
  readonly registration: Omit<RegisteredModel, keyof ModelIdentity | 'manifest'> | null
  /** Newest first. */
  readonly evaluations: readonly EvaluationSummary[]
}

type ListDeps = Pick<RegistryDeps, 'store' | 'builtIn'>

/** The built-in model and every registered one, oldest first. Roles: administrator, supervisor, auditor. */
export async function listModels(
  deps: ListDeps,
  actor: Actor,
): Promise<Outcome<readonly ListedModel[], 'role_required'>> {
  const role = requireRole(actor, 'administrator', 'supervisor', 'auditor')
  if (!role.ok) return role
  return await deps.store.transaction(scopeOf(actor), async (tx) => {
    const evaluations = await evaluationSummaries(tx)
    const registered = await registeredModels(tx)
    const of = (sha256: string) => evaluations.filter((evaluation) => evaluation.model.sha256 === sha256)
    const builtIn = { ...deps.builtIn, origin: 'built_in', registration: null } as const
    return done([
      { ...builtIn, evaluations: of(builtIn.sha256) },
      ...registered.map((model) => ({ ...listed(model), evaluations: of(model.sha256) })),
    ])
  })
}

function listed({ id, sha256, dimension, manifest: _, ...registration }: RegisteredModel) {
  return { id, sha256, dimension, origin: 'registered', registration } as const
}

/** One attached evaluation with its whole report. Roles: administrator, supervisor, auditor. */
export async function readEvaluation(
  deps: ListDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<AttachedEvaluation, 'role_required' | 'not_found'>> {
  const role = requireRole(actor, 'administrator', 'supervisor', 'auditor')
  if (!role.ok) return role
  const found = await deps.store.transaction(scopeOf(actor), (tx) => evaluationOf(tx, id))
  return found === null ? refuse('not_found', 'There is no such evaluation.', 'Choose one from the list.') : done(found)
}
