import { RULE_OF_THIRTY, wilson } from './intervals.ts'
import { allowedErrors, type Scores, type SortedScores, sortScores, thresholdAllowing } from './sorted-scores.ts'
import { fmr } from './verification.ts'

/** FMR measured at a score, with its 95 % Wilson interval; all 0 to 1. */
export interface CalibrationPoint {
  readonly score: number
  readonly fmr: number
  readonly low: number
  readonly high: number
}

export interface Calibration {
  /** Ascending by score, so descending by FMR; empty with fewer than 30 comparisons. */
  readonly points: readonly CalibrationPoint[]
  readonly impostorComparisons: number
  /** Measurement floor: the smallest FMR that is stated, that of 30 errors (rule of thirty); 1 when none is. */
  readonly floor: number
}

export interface CalibrationOptions {
  /**
   * FMRs wanted, each above 0 and at most 1; 1, 2 and 5 of every decade from 0.1 unless told.
   * Those under the floor are left out.
   */
  readonly points?: readonly number[]
}

export interface ExpectedInnocents {
  /** People expected, N x FMR(score). */
  readonly expected: number
  readonly low: number
  readonly high: number
  /**
   * `none` within the measured range; `upper`: the score lies above it, at most so many are expected;
   * `lower`: it lies below, at least so many are.
   */
  readonly bound: 'none' | 'upper' | 'lower'
}

const DECADES: readonly number[] = [-1, -2, -3, -4, -5, -6, -7, -8, -9, -10]
const USUAL_FMRS: readonly number[] = DECADES.flatMap((decade) => [
  10 ** decade,
  5 * 10 ** (decade - 1),
  2 * 10 ** (decade - 1),
])

/**
 * Measures FMR at a ladder of scores, from the impostor comparisons themselves: nothing is fitted and
 * nothing stated below the floor. The interval takes comparisons for independent; as they share
 * people it is the narrowest one. Millions of scores cost one sort.
 * @throws RangeError for a wanted FMR that is not above 0 and at most 1.
 */
export function calibrate(
  impostorScores: Scores | SortedScores,
  { points = USUAL_FMRS }: CalibrationOptions = {},
): Calibration {
  if (!points.every((wanted) => wanted > 0 && wanted <= 1)) {
    throw new RangeError('A wanted FMR lies above 0 and is at most 1.')
  }
  const impostors = sortScores(impostorScores)
  const comparisons = impostors.ascending.length
  if (comparisons < RULE_OF_THIRTY) return { points: [], impostorComparisons: comparisons, floor: 1 }
  const counts = [...points.map((wanted) => allowedErrors(wanted, comparisons)), RULE_OF_THIRTY]
  const measured = counts.filter((count) => count >= RULE_OF_THIRTY).map((count) => pointAt(impostors, count))
  const byScore = new Map(measured.filter((point) => point.stated).map(({ point }) => [point.score, point]))
  return {
    points: [...byScore.values()].sort((one, other) => one.score - other.score),
    impostorComparisons: comparisons,
    floor: RULE_OF_THIRTY / comparisons,
  }
}

/**
 * How many innocent people a search of `enrolled` people is expected to bring at this score or above:
 * N x FMR(score), log-linear between points, with the interval of the points; where the tail falls
 * ever faster the line runs low, by 3 in 100 at most with the usual points. Beyond them it is a bound:
 * above the last, no FMR under the last measured one is claimed; below the first, all may come.
 * @param score cosine, -1 to 1
 * @param enrolled people searched, 0 or more
 */
export function expectedInnocents(calibration: Calibration, score: number, enrolled: number): ExpectedInnocents {
  if (Number.isNaN(score) || !(enrolled >= 0)) throw new RangeError('A score and a gallery size are numbers.')
  const { points } = calibration
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return { expected: enrolled, low: 0, high: enrolled, bound: 'upper' }
  if (score > last.score) {
    return { expected: enrolled * last.fmr, low: 0, high: enrolled * last.high, bound: 'upper' }
  }
  if (score < first.score) {
    return { expected: enrolled * first.fmr, low: enrolled * first.low, high: enrolled, bound: 'lower' }
  }
  const at = Math.max(
    1,
    points.findIndex((point) => point.score >= score),
  )
  const [below, above] = [points[at - 1] ?? first, points[at] ?? last]
  const part = above.score > below.score ? (score - below.score) / (above.score - below.score) : 0
  const between = (one: number, other: number) =>
    enrolled * Math.exp(Math.log(one) * (1 - part) + Math.log(other) * part)
  return {
    expected: between(below.fmr, above.fmr),
    low: between(below.low, above.low),
    high: between(below.high, above.high),
    bound: 'none',
  }
}

/** The point that lets so many errors pass; with equal scores fewer do, and under 30 it is not stated. */
function pointAt(
  impostors: SortedScores,
  allowed: number,
): { readonly point: CalibrationPoint; readonly stated: boolean } {
  const score = thresholdAllowing(impostors, allowed) ?? 0
  const { errors, trials } = fmr(impostors, score)
  return { point: { score, fmr: errors / trials, ...wilson(errors, trials) }, stated: errors >= RULE_OF_THIRTY }
}
