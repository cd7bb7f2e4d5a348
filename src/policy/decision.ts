import type { GalleryFilter } from '../gallery/index.ts'
import type { Facts } from './facts.ts'

/** What one directive says about one request. */
export interface Finding {
  readonly directive: string
  readonly title: string
  readonly code: string
  readonly outcome: 'allowed' | 'refused'
  readonly sentence: string
  /** Empty when allowed. */
  readonly remedy: string
}

/** A decision with everything needed to make it again: facts, directives (by digest), Cedar version. */
export interface Decision {
  readonly id: string
  readonly agency: string
  readonly request: string
  readonly at: string
  /** The account the decision was made for. */
  readonly account: string
  readonly outcome: 'permitted' | 'refused'
  readonly pack: string
  readonly policyDigest: string
  readonly cedarVersion: string
  readonly facts: Facts
  readonly factsDigest: string
  /** One per directive of the pack, in its order. */
  readonly findings: readonly Finding[]
  readonly permit: {
    readonly id: string
    readonly expiresAt: string
    readonly usedAt: string | null
    /** What it permits to compare. */
    readonly filter: GalleryFilter
  } | null
}
