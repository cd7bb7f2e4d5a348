import type { ModelIdentity } from '../engine/index.ts'

export interface SearchOptions {
  /** The model that made the query; any other than the gallery's is refused. */
  readonly model: ModelIdentity
  /** How many subjects to list at most, 1 to 50. */
  readonly limit: number
  /** Cosine, -1 to 1; nothing below it is listed. */
  readonly threshold: number
}

/** One subject's best photograph; `score` is the cosine of query and template. */
export interface GalleryCandidate {
  readonly booking: string
  readonly template: string
  readonly score: number
}

export interface GallerySearchResult {
  /** Best first; equal scores in the order of template ids; at most one per subject. */
  readonly candidates: readonly GalleryCandidate[]
  /** Templates compared: every one enrolled with the model when the search began. */
  readonly searched: number
  readonly model: ModelIdentity
}

/** A 1:N search over everything enrolled, also what another process enrolled a moment ago. */
export interface GallerySearch {
  /** @throws GalleryError before comparing anything, when model, limit, threshold or query cannot be used. */
  search(query: Float32Array, options: SearchOptions): Promise<GallerySearchResult>
  /** Templates compared since opening, over all searches; lets a test prove that a refused request compared none. */
  readonly comparisons: number
  /** How many templates a search would compare now. */
  size(): Promise<number>
}

export const MAX_LIMIT = 50
