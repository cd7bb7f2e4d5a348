import type { ListedModel } from '../../evaluation/index.ts'
import type { OperatingPointView, Proposal } from '../../policy/index.ts'
import type { ModelCard as KnownCard } from '../../transparency/index.ts'
import type { ModelCard, ModelChanges, ModelProposal } from '../contract/index.ts'

/** The same data in the types of the contract, which are those of JSON and so not readonly. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T

function plain<T>(value: T): Plain<T> {
  return value as Plain<T>
}

export function modelCardBody(card: KnownCard): ModelCard {
  return plain(card)
}

export function changesBody(view: OperatingPointView, models: readonly ListedModel[]): ModelChanges {
  const { current, proposals, approvalsNeeded, coverage, migration } = view
  const { model, similarityFloor, activatedAt: since } = current
  return {
    current: { model: { ...model }, similarityFloor, since },
    proposals: proposals.map(proposalBody),
    ...plain({ approvalsNeeded, coverage, migration }),
    models: models.map(modelBody),
  }
}

export function proposalBody({ findings, proposedBy, proposedByName, ...proposal }: Proposal): ModelProposal {
  const judged = findings.map(({ rule, outcome, sentence }) => ({ rule, outcome, sentence }))
  return { ...plain(proposal), findings: judged, proposedBy: { account: proposedBy, name: proposedByName } }
}

function modelBody({ id, sha256, origin, registration, evaluations }: ListedModel): ModelChanges['models'][number] {
  const measured = evaluations.map((one) => ({ id: one.id, set: one.set.name, attachedAt: one.attachedAt }))
  return { ...{ id, sha256, origin }, licence: registration?.licence ?? null, evaluations: measured }
}
