import type { ModelIdentity } from '../engine/index.ts'
import type { GalleryFilter } from './gallery-filter.ts'

export interface SearchOptions {
  /** The model that made the query; any other than the gallery's is refused. */
  readonly model: ModelIdentity
  /** How many subjects to list at most, 1 to 50. */
  readonly limit: number
  /** Cosine, -1 to 1; nothing below it is listed. */
  readonly threshold: number
  readonly filter: GalleryFilter
}

/** One photograph and the cosine of query and template. */
export interface ScoredPhoto {
  readonly booking: string
  readonly template: string
  readonly score: number
}

/** One subject by the best photograph, the other searched ones under it. */
export interface GalleryCandidate extends ScoredPhoto {
  readonly subject: string
  /** The subject's other photographs that pass the filter, best first, whatever their score. */
  readonly others: readonly ScoredPhoto[]
}

/** What proves that the list is the exact one. */
export interface SearchProof {
  /** Photographs compared: all that pass the filter. */
  readonly searched: number
  /** Photographs in the gallery, those outside the filter and sealed ones included. */
  readonly enrolled: number
  /** No list leaves without the proof. */
  readonly certified: true
  /** Photographs scored exactly. */
  readonly k: number
  /** No other photograph has a score above this (cosine); -1 when every one was scored exactly. */
  readonly bound: number
}

export interface GallerySearchResult extends SearchProof {
  /** Best first; equal scores in the order of template ids; at most one per subject. */
  readonly candidates: readonly GalleryCandidate[]
  readonly model: ModelIdentity
}

/** A 1:N search over everything enrolled, also what another process enrolled a moment ago. */
export interface GallerySearch {
  /** @throws GalleryError before comparing anything, when model, limit, threshold or query cannot be used. */
  search(query: Float32Array, options: SearchOptions): Promise<GallerySearchResult>
  /** Many probes in one pass over the gallery; the same results as one by one. */
  searchMany(queries: readonly Float32Array[], options: SearchOptions): Promise<readonly GallerySearchResult[]>
  /** Templates compared since opening, over all searches; lets a test prove that a refused request compared none. */
  readonly comparisons: number
  /** How many templates the gallery holds now. */
  size(): Promise<number>
  close(): Promise<void>
}

export const MAX_LIMIT = 50
