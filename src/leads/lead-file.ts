import type { Conclusion, Order, Settlement, Verdict } from '../examination/index.ts'
import type { SearchProof } from '../search/index.ts'
import type { CorroborationRecord } from './corroboration.ts'
import type { Disclaimer } from './disclaimer.ts'
import type { Lead, Reliance } from './lead.ts'

/** A lead with everything that has to be shown beside it. */
export interface LeadFile {
  readonly lead: Lead
  readonly disclaimer: Disclaimer
  readonly request: LeadRequest
  readonly policyDigest: string | null
  readonly probe: LeadProbe
  readonly candidate: LeadCandidate & {
    readonly bookingNumber: string
    readonly photoAgeYears: number | null
    /** ISO day of the newest photograph of the same subject in the gallery; null when there is none any more. */
    readonly newestPhotoDate: string | null
  }
  readonly model: string
  /** Photographs searched. */
  readonly searched: number
  /** What proves the list exact; null for searches made before there was a proof. */
  readonly proof: SearchProof | null
  /** What the search was narrowed to, for people; null when it was not. */
  readonly narrowed: string | null
  /** How much was compared, for people. */
  readonly searchSentence: string
  /** Cosine below which nothing was listed. */
  readonly threshold: number
  /** Innocent people expected at the candidate's score or above, among those searched. */
  readonly expectedByChance: { readonly expected: number; readonly floor: boolean; readonly sentence: string }
  /** The whole list in rank order. */
  readonly candidates: readonly LeadCandidate[]
  readonly examiners: readonly LeadExaminer[]
  readonly settledBy: Settlement
  /** Those of the probe, then those the examiners wrote down. */
  readonly limitations: readonly string[]
  readonly corroborations: readonly CorroborationRecord[]
  readonly reliance: readonly Reliance[]
}

export interface LeadRequest {
  readonly id: string
  readonly createdAt: string
  readonly caseNumber: string
  readonly crimeCode: string
  readonly crimeLabel: string
  readonly purpose: string
  readonly requester: string
  readonly requesterName: string
  readonly agencyOri: string
  readonly agencyName: string
}

/** Pixels of the upright probe. */
export interface LeadProbe {
  readonly id: string
  readonly width: number
  readonly height: number
  readonly face: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly capturedAt: string | null
}

export interface LeadCandidate {
  readonly id: string
  readonly booking: string
  readonly rank: number
  /** Cosine, -1 to 1. */
  readonly score: number
  readonly photoDate: string | null
  readonly verdictFirst: Verdict | null
  readonly verdictSecond: Verdict | null
  readonly verdictThird: Verdict | null
}

export interface LeadExaminer {
  readonly order: Order
  readonly name: string
  readonly conclusion: Conclusion
  readonly limitations: string | null
  readonly justification: string
  readonly signedAt: string
  readonly digest: string
}
