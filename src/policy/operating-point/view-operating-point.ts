import { type Actor, requireRole, scopeOf } from '../../access/index.ts'
import { done, type Outcome } from '../../base/index.ts'
import { type TemplateCoverage, templateCoverage, templateFailures } from '../../gallery/index.ts'
import type { Tx } from '../../store/index.ts'
import { EVALUATION_FLOOR, type EvaluationFloor } from './floor.ts'
import {
  APPROVALS_NEEDED,
  defaultOperatingPoint,
  type OperatingPoint,
  type OperatingPointDeps,
  type Proposal,
} from './operating-point.ts'
import { currentOperatingPoint, readProposals } from './records.ts'

/** What searches work with, what is proposed, and how far the gallery has come. */
export interface OperatingPointView {
  readonly current: OperatingPoint
  /** Newest first. */
  readonly proposals: readonly Proposal[]
  readonly approvalsNeeded: number
  readonly floor: EvaluationFloor
  /** Photographs with a template of the model in force. */
  readonly coverage: TemplateCoverage
  /** The change of model under way, approved or not; null when there is none. */
  readonly migration: Migration | null
}

export interface Migration {
  readonly proposal: string
  readonly coverage: TemplateCoverage
  /** Photographs without a template by the code of the failure, most frequent first. */
  readonly failures: readonly { readonly code: string; readonly photographs: number }[]
}

/** The state of models and floors. Roles: administrator, supervisor, auditor. */
export async function operatingPointView(
  deps: Pick<OperatingPointDeps, 'store' | 'builtIn' | 'builtInFloor'>,
  actor: Actor,
): Promise<Outcome<OperatingPointView, 'role_required'>> {
  const role = requireRole(actor, 'administrator', 'supervisor', 'auditor')
  if (!role.ok) return role
  return await deps.store.transaction(scopeOf(actor), async (tx) => {
    const current = (await currentOperatingPoint(tx)) ?? defaultOperatingPoint(deps)
    const proposals = await readProposals(tx)
    return done({
      current,
      proposals,
      approvalsNeeded: APPROVALS_NEEDED,
      floor: EVALUATION_FLOOR,
      coverage: await templateCoverage(tx, current.model.sha256),
      migration: await migrationOf(tx, proposals),
    })
  })
}

async function migrationOf(tx: Tx, proposals: readonly Proposal[]): Promise<Migration | null> {
  const open = proposals.find(({ kind, state }) => kind === 'model' && (state === 'proposed' || state === 'approved'))
  if (open === undefined) return null
  const failures = await templateFailures(tx, open.model.sha256)
  return {
    proposal: open.id,
    coverage: await templateCoverage(tx, open.model.sha256),
    failures: [...failures].map(([code, photographs]) => ({ code, photographs })),
  }
}
