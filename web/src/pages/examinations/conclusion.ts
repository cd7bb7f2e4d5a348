import type { SignatureBody, ViewCandidate } from '../../api/types.ts'
import type { FieldTrouble } from '../../components/error-summary.tsx'
import { counted } from '../../components/moment.tsx'

/** The conclusion as being written. */
export interface ConclusionDraft {
  readonly conclusion: string
  readonly leadCandidate: string
  readonly limitations: string
  readonly justification: string
}

export const EMPTY_CONCLUSION: ConclusionDraft = {
  conclusion: '',
  leadCandidate: '',
  limitations: '',
  justification: '',
}

export function unjudged(candidates: readonly ViewCandidate[]): number {
  return candidates.filter((candidate) => candidate.verdict === null).length
}

/** Only a candidate this examiner could not exclude may become a lead. */
export function possibleLeads(candidates: readonly ViewCandidate[]): readonly ViewCandidate[] {
  return candidates.filter((candidate) => candidate.verdict === 'cannot_exclude')
}

/** Why a conclusion cannot be drawn from these verdicts, or null. */
export function whyNot(conclusion: string, candidates: readonly ViewCandidate[]): string | null {
  if (conclusion === 'investigative_lead' && possibleLeads(candidates).length === 0) {
    return 'No candidate has the verdict "Cannot be excluded".'
  }
  if (conclusion === 'inconclusive' && candidates.length === 0) return 'The list is empty.'
  return null
}

export function conclusionTroubles(
  draft: ConclusionDraft,
  candidates: readonly ViewCandidate[],
): readonly FieldTrouble[] {
  const troubles: FieldTrouble[] = []
  const open = unjudged(candidates)
  if (open > 0) {
    troubles.push({
      field: 'strip',
      sentence: `Give a verdict on every candidate: ${counted(open, 'is', 'are')} still without one.`,
    })
  }
  const barred = draft.conclusion === '' ? 'Choose a conclusion.' : whyNot(draft.conclusion, candidates)
  if (barred !== null) troubles.push({ field: 'conclusion', sentence: barred })
  const names = possibleLeads(candidates).some((candidate) => candidate.id === draft.leadCandidate)
  if (draft.conclusion === 'investigative_lead' && barred === null && !names) {
    troubles.push({ field: 'leadCandidate', sentence: 'Choose the candidate the lead names.' })
  }
  if (draft.justification.trim() === '') {
    troubles.push({ field: 'justification', sentence: 'Say what in the faces led you to this conclusion.' })
  }
  return troubles
}

export function toSignature(draft: ConclusionDraft): SignatureBody {
  const limitations = draft.limitations.trim()
  return {
    conclusion: draft.conclusion,
    ...(draft.conclusion === 'investigative_lead' ? { leadCandidate: draft.leadCandidate } : {}),
    ...(limitations === '' ? {} : { limitations }),
    justification: draft.justification.trim(),
  }
}
