import type { Clock, Ids } from '../../base/index.ts'
import type { ModelIdentity } from '../../engine/index.ts'
import type { Store } from '../../store/index.ts'
import type { FloorFinding } from './judge-evaluation.ts'

/** What searches work with: a model and the similarity score below which nobody is listed. */
export interface OperatingPoint {
  /** Null for the default, which nobody proposed. */
  readonly id: string | null
  readonly model: { readonly id: string; readonly sha256: string }
  /** Cosine, -1 to 1. */
  readonly similarityFloor: number
  readonly proposal: string | null
  readonly evaluation: string | null
  readonly activatedAt: string | null
}

/**
 * proposed: waits for approvals · approved: waits until every photograph has a template of the model · active and
 * superseded: in force, and no more · rejected and withdrawn: ended before.
 */
export type ProposalState = 'proposed' | 'approved' | 'active' | 'superseded' | 'rejected' | 'withdrawn'

export interface Approval {
  readonly account: string
  readonly name: string
  readonly at: string
}

/** A change of model or floor that somebody proposed. */
export interface Proposal {
  readonly id: string
  readonly kind: 'model' | 'floor'
  readonly model: { readonly id: string; readonly sha256: string }
  readonly similarityFloor: number
  readonly evaluation: string
  readonly findings: readonly FloorFinding[]
  readonly proposedAt: string
  readonly proposedBy: string
  readonly proposedByName: string
  /** In their order; two are needed, of two people who did not propose it. */
  readonly approvals: readonly Approval[]
  readonly closure: { readonly outcome: 'rejected' | 'withdrawn'; readonly reason: string; readonly at: string } | null
  readonly state: ProposalState
}

export const APPROVALS_NEEDED = 2

export interface ProposalInput {
  /** The digest that the model's templates carry. */
  readonly modelSha256: string
  /** Cosine, -1 to 1. */
  readonly similarityFloor: number
  /** Id of an attached evaluation of that model; absent or empty is refused. */
  readonly evaluation?: string
}

/** What the acts about operating points need. */
export interface OperatingPointDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  /** The model that this version of the program brings, with the floor it has by default. */
  readonly builtIn: ModelIdentity
  readonly builtInFloor: number
}

/** The default, while nobody ever changed anything. */
export function defaultOperatingPoint({ builtIn, builtInFloor }: Pick<OperatingPointDeps, 'builtIn' | 'builtInFloor'>) {
  const { id, sha256 } = builtIn
  const model = { id, sha256 }
  const none = { id: null, proposal: null, evaluation: null, activatedAt: null }
  return { ...none, model, similarityFloor: builtInFloor } satisfies OperatingPoint
}
