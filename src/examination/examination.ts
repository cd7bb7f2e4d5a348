import type { Clock, Ids } from '../base/index.ts'
import type { Store } from '../store/index.ts'
import type { Conclusion, ReleaseReason, Verdict } from './vocabulary.ts'

export interface ExaminationDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
}

/** 1 first, 2 blind verification, 3 resolution of a disagreement. */
export type Order = 1 | 2 | 3

/** One examiner's claim on one order of a request; never changed once written. */
export interface Examination {
  readonly id: string
  readonly agency: string
  readonly request: string
  readonly order: Order
  readonly examiner: string
  readonly openedAt: string
}

/** A verdict on one candidate; a later one supersedes an earlier one until the examination is signed. */
export interface CandidateVerdict {
  /** The real candidate id of the search, never the opaque one of a view. */
  readonly candidate: string
  readonly verdict: Verdict
  readonly note: string | null
  readonly recordedAt: string
}

export interface Signature {
  readonly examination: string
  readonly conclusion: Conclusion
  /** The candidate the lead names; null unless the conclusion is `investigative_lead`. */
  readonly leadCandidate: string | null
  readonly limitations: string | null
  readonly justification: string
  readonly signedAt: string
  /** The certificate that was valid when it was signed. */
  readonly certificate: string
  /** SHA-256 over the canonical form of everything signed, verdicts included. */
  readonly digest: string
}

/** An examination that ended without a signature; it counts no more, and its order is free again. */
export interface Release {
  readonly examination: Examination
  readonly reason: ReleaseReason
  /** The examiner, or a supervisor. */
  readonly releasedBy: string
  readonly releasedAt: string
}

export type Settlement = 'agreement' | 'majority' | 'none'

/** How the examination of a request ended; one per request, never changed. */
export interface ExaminationOutcome {
  readonly request: string
  readonly conclusion: Conclusion
  readonly candidate: string | null
  /** `agreement` of the first two, `majority` of three, or `none`: three views, so inconclusive. */
  readonly settledBy: Settlement
  readonly resolvedAt: string
}
