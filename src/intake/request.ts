import type { RequestFilter, RequestFilterInput } from './request-filter.ts'
import type { AcquisitionBasis, Depicts, Predicate, ProbeSource, Purpose } from './vocabulary.ts'

/** Where a request stands. */
export type RequestState =
  | 'submitted'
  | 'refused'
  | 'permitted'
  | 'searched'
  | 'failed'
  | 'in_examination'
  | 'in_verification'
  | 'in_resolution'
  | 'lead'
  | 'closed'

/** One request for one search: who asks, for which case, with which face, on what ground. Its text never changes. */
export interface SearchRequest {
  readonly id: string
  readonly agency: string
  /** Account id. */
  readonly requester: string
  /** The requester's name when the request was filed. */
  readonly requesterName: string
  readonly createdAt: string
  /** Trimmed; empty when none was given (policy refuses that). */
  readonly caseNumber: string
  /** UCR code; empty when none was given (policy refuses that). */
  readonly crimeCode: string
  readonly crimeStatute: string | null
  readonly purpose: Purpose
  readonly predicate: { readonly level: Predicate; readonly narrative: string }
  readonly beneficiaryOri: string
  readonly probe: string
  readonly faceIndex: number
  readonly probeSource: ProbeSource
  readonly acquisition: { readonly basis: AcquisitionBasis; readonly from: string; readonly at: string | null }
  readonly depicts: Depicts
  /** The requester attests that the probe was lawfully acquired. */
  readonly attested: boolean
  readonly capturedAt: string | null
  readonly otherMeansTried: string | null
  readonly conflictDeclared: boolean
  readonly conflictNote: string | null
  /** Candidates wanted, 1 to 50. */
  readonly limit: number
  /** What the search is narrowed to; null for every photograph the agency may search. */
  readonly filter: RequestFilter | null
  readonly state: RequestState
}

/** What a form sends. Texts are trimmed; a missing case number or crime type is left to policy to refuse. */
export interface RequestInput {
  readonly caseNumber?: string | null | undefined
  readonly crimeCode?: string | null | undefined
  readonly crimeStatute?: string | null | undefined
  readonly purpose: string
  readonly predicate: { readonly level: string; readonly narrative?: string | null | undefined }
  readonly beneficiaryOri: string
  readonly probe: string
  readonly faceIndex: number
  readonly probeSource: string
  readonly acquisition: {
    readonly basis: string
    readonly from?: string | null | undefined
    readonly at?: string | null | undefined
  }
  readonly depicts: string
  readonly attested: boolean
  readonly capturedAt?: string | null | undefined
  readonly otherMeansTried?: string | null | undefined
  readonly conflictDeclared?: boolean | undefined
  readonly conflictNote?: string | null | undefined
  /** 1 to 50; 20 when absent. */
  readonly limit?: number | undefined
  /** Everything the agency may search when absent. */
  readonly filter?: RequestFilterInput | null | undefined
}

/** A line of the list of requests. */
export interface RequestSummary {
  readonly id: string
  readonly createdAt: string
  readonly caseNumber: string
  readonly crimeCode: string
  readonly crimeLabel: string
  readonly purpose: Purpose
  readonly state: RequestState
  readonly stateSentence: string
  readonly requesterName: string
}

/** From each state, the states that may follow. A refused or failed request may be decided again. */
export const NEXT_STATES = {
  submitted: ['permitted', 'refused'],
  refused: ['permitted', 'refused'],
  permitted: ['permitted', 'refused', 'searched', 'failed'],
  failed: ['permitted', 'refused', 'failed'],
  searched: ['in_examination'],
  in_examination: ['in_verification', 'in_resolution', 'lead', 'closed'],
  in_verification: ['in_resolution', 'lead', 'closed'],
  in_resolution: ['lead', 'closed'],
  lead: ['closed'],
  closed: [],
} as const satisfies Record<RequestState, readonly RequestState[]>

export const STATE_SENTENCES = {
  submitted: 'Waiting for the policy decision.',
  refused: 'Refused by policy. No face was compared.',
  permitted: 'Permitted. The search has not run yet.',
  searched: 'Searched. Waiting for the first examiner.',
  failed: 'The search failed. It may be asked for again.',
  in_examination: 'The first examiner is at work.',
  in_verification: 'Waiting for the second examiner, who decides without seeing the first conclusion.',
  in_resolution: 'The examiners disagree. A third examiner decides.',
  lead: 'An investigative lead was issued. It is not an identification.',
  closed: 'Closed without a lead.',
} as const satisfies Record<RequestState, string>

export function mayFollow(from: RequestState, to: RequestState): boolean {
  return (NEXT_STATES[from] as readonly RequestState[]).includes(to)
}
