import type { ModelChanges, ModelProposal, ProposeChangeBody, Role } from '../../api/types.ts'
import type { FieldTrouble } from '../../components/error-summary.tsx'
import type { MarkTone } from '../../components/state-mark.tsx'

/** What the signed-in person may do about a proposal; the service decides again. */
export interface Decisions {
  readonly approve: boolean
  readonly reject: boolean
  /** Why there is no button to approve, for somebody whose role would allow it; null when nothing stands in the way. */
  readonly why: string | null
}

interface Person {
  readonly id: string
  readonly roles: readonly Role[]
}

/** Two people approve, and neither of them is the proposer. */
export function decisionsOn({ state, proposedBy, approvals }: ModelProposal, { id, roles }: Person): Decisions {
  const mayDecide = roles.includes('supervisor') || roles.includes('administrator')
  if (!mayDecide || (state !== 'proposed' && state !== 'approved')) return { approve: false, reject: false, why: null }
  if (state === 'approved') return { approve: false, reject: true, why: null }
  if (proposedBy.account === id) {
    return { approve: false, reject: true, why: 'You proposed this change, so two other people must approve it.' }
  }
  if (approvals.some(({ account }) => account === id)) {
    return { approve: false, reject: true, why: 'You approved it; a second person must approve as well.' }
  }
  return { approve: true, reject: true, why: null }
}

const STATES: Readonly<Record<ModelProposal['state'], readonly [MarkTone, string]>> = {
  proposed: ['wait', 'Waits for approvals'],
  approved: ['wait', 'Approved; templates are being made'],
  active: ['go', 'In force'],
  superseded: ['rest', 'Was in force; a later change took its place'],
  rejected: ['stop', 'Rejected'],
  withdrawn: ['rest', 'Withdrawn by its proposer'],
}

export function stateOf({ state }: ModelProposal): { readonly tone: MarkTone; readonly words: string } {
  const [tone, words] = STATES[state]
  return { tone, words }
}

/** The one proposal that is not decided yet. */
export function openProposal({ proposals }: Pick<ModelChanges, 'proposals'>): ModelProposal | null {
  return proposals.find(({ state }) => state === 'proposed' || state === 'approved') ?? null
}

/** What is being typed, as text. */
export interface ProposalDraft {
  readonly model: string
  readonly similarityFloor: string
  readonly evaluation: string
}

/** Everything that can be said without asking the service. */
export function troublesOf({ model, similarityFloor, evaluation }: ProposalDraft): readonly FieldTrouble[] {
  const floor = Number(similarityFloor.trim().replace(',', '.'))
  const usable = similarityFloor.trim() !== '' && floor >= -1 && floor <= 1
  return [
    ...(model === '' ? [{ field: 'model', sentence: 'Choose a model.' }] : []),
    ...(usable ? [] : [{ field: 'similarityFloor', sentence: 'The similarity floor is a number from -1 to 1.' }]),
    ...(evaluation === ''
      ? [{ field: 'evaluation', sentence: 'Choose the evaluation that this change rests on.' }]
      : []),
  ]
}

export function bodyOf({ model, similarityFloor, evaluation }: ProposalDraft): ProposeChangeBody {
  return { model, similarityFloor: Number(similarityFloor.trim().replace(',', '.')), evaluation }
}
