import { exactScore, scoreError } from './coarse-scan.ts'
import type { GalleryCandidate } from './gallery-search.ts'
import type { ResidentGallery } from './resident-gallery.ts'

export interface RankOptions {
  readonly limit: number
  readonly threshold: number
}

/**
 * The exact candidate list from coarse scores: best template per subject, best first, ties by template id.
 *
 * Why it is the exact one: let e be `scoreError` and c_k the k-th best coarse score when each subject counts once with
 * its best. At least k subjects have a coarse score of c_k or more, hence an exact one of c_k - e or more; a template
 * on the exact list therefore has an exact score of at least c_k - e, and a coarse one of at least c_k - 2e. Every such
 * template is scored exactly here, and so is every one whose coarse score reaches the threshold less e.
 */
export function rankExactly(
  gallery: ResidentGallery,
  query: Float64Array,
  coarse: Float64Array,
  options: RankOptions,
): readonly GalleryCandidate[] {
  const error = scoreError(gallery.dimension)
  const floor = options.threshold - error
  const cut = Math.max(floor, kthSubjectScore(gallery, coarse, floor, options.limit) - 2 * error)
  const best = new Map<number, GalleryCandidate>()
  gallery.rows.forEach(({ template, booking, subject }, place) => {
    if (!((coarse[place] as number) >= cut)) return
    const candidate = { booking, template, score: exactScore(query, gallery.vectorAt(place)) }
    const rival = best.get(subject)
    const counts = candidate.score >= options.threshold && (rival === undefined || byRank(candidate, rival) < 0)
    if (counts) best.set(subject, candidate)
  })
  return [...best.values()].sort(byRank).slice(0, options.limit).map(withinScale)
}

/** Best first; equal scores in the order of template ids. */
export function byRank(one: GalleryCandidate, other: GalleryCandidate): number {
  if (one.score !== other.score) return other.score - one.score
  return one.template < other.template ? -1 : one.template > other.template ? 1 : 0
}

/** The k-th best coarse score with each subject counted once; minus infinity when fewer subjects reach the floor. */
function kthSubjectScore(gallery: ResidentGallery, coarse: Float64Array, floor: number, k: number): number {
  const bestOf = new Float64Array(gallery.subjects).fill(Number.NEGATIVE_INFINITY)
  gallery.rows.forEach(({ subject }, place) => {
    const score = coarse[place] as number
    if (score >= floor && score > (bestOf[subject] as number)) bestOf[subject] = score
  })
  const top = new Float64Array(k).fill(Number.NEGATIVE_INFINITY)
  for (const score of bestOf) if (score > (top[k - 1] as number)) insertDescending(top, score)
  return top[k - 1] as number
}

function insertDescending(top: Float64Array, score: number): void {
  let at = top.length - 1
  while (at > 0 && (top[at - 1] as number) < score) {
    top[at] = top[at - 1] as number
    at -= 1
  }
  top[at] = score
}

/** Lengths are 1 only to float32, so a template against itself may score a hair above 1. */
function withinScale(candidate: GalleryCandidate): GalleryCandidate {
  return { ...candidate, score: Math.min(1, Math.max(-1, candidate.score)) }
}
