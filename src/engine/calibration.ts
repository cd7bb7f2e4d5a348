import { defaultCalibration } from './embedder-record.ts'

/** The FMR 1e-3 point: below it no candidate is listed. Cosine. */
export const SIMILARITY_FLOOR: number = defaultCalibration.points[0].score

/**
 * How many innocent people a search of `searched` people is expected to bring at this similarity
 * score or above: N x FMR(score), log-linear between the measured points, held at the first and at
 * the last of them.
 * @param score cosine, -1 to 1
 * @param searched people searched, 0 or more
 * @returns `floor` is true when the score lies beyond the measured range, so that `expected` is
 *   only a bound: an upper one above the last point, a lower one below the first.
 */
export function expectedFalseCandidates(
  score: number,
  searched: number,
): { readonly expected: number; readonly floor: boolean } {
  const points = defaultCalibration.points
  const first = points[0]
  const last = points[points.length - 1] ?? first
  if (!(score > first.score)) return { expected: searched * first.fmr, floor: score !== first.score }
  for (let index = 1; index < points.length; index += 1) {
    const low = points[index - 1] ?? first
    const high = points[index] ?? last
    if (score > high.score) continue
    const part = (score - low.score) / (high.score - low.score)
    const exponent = Math.log(low.fmr) * (1 - part) + Math.log(high.fmr) * part
    return { expected: searched * Math.exp(exponent), floor: false }
  }
  return { expected: searched * last.fmr, floor: true }
}
