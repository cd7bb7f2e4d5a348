import { highestScore, listedMateScore, type MatedSearch, type NonMatedSearch } from './searches.ts'
import { countAtLeast, type Scores, type SortedScores, sortScores } from './sorted-scores.ts'

/** FNIR(N,L,T) against FPIR(N,T), both 0 to 1, at one threshold. */
export interface DetPoint {
  readonly threshold: number
  readonly fnir: number
  readonly fpir: number
}

/** FNMR(T) against FMR(T), both 0 to 1, at one threshold. */
export interface ComparisonDetPoint {
  readonly threshold: number
  readonly fnmr: number
  readonly fmr: number
}

export interface DetOptions {
  /** Most points kept, 2 or more; 200 unless told. */
  readonly points?: number
}

/** One side of a curve: the scores that count and the trials they come from, lists without one included. */
interface Side {
  readonly scores: SortedScores
  readonly trials: number
}

interface TradePoint {
  readonly threshold: number
  readonly missed: number
  readonly passed: number
}

/** Above this many scores a side offers thresholds spaced evenly in the logarithm of its rate. */
const ALL_THRESHOLDS = 4096

/**
 * Detection error trade-off of searches, thresholds ascending: FNIR rises, FPIR falls. Every distinct
 * threshold is considered, then thinned evenly along the curve on log axes, both ends kept. A rate of 0
 * is a point too; it cannot be drawn on a log axis. Source: NIST FRTE 1:N; ISO/IEC 19795-1.
 * @returns no points when there are no mated or no non-mated searches.
 */
export function detCurve(
  mated: readonly MatedSearch[],
  nonMated: readonly NonMatedSearch[],
  options: DetOptions = {},
): readonly DetPoint[] {
  const mates = { scores: sortScores(present(mated.map(listedMateScore))), trials: mated.length }
  const innocents = { scores: sortScores(present(nonMated.map(highestScore))), trials: nonMated.length }
  return tradeOff(mates, innocents, options).map(({ threshold, missed, passed }) => ({
    threshold,
    fnir: missed,
    fpir: passed,
  }))
}

/** Detection error trade-off of one-against-one comparisons, as `detCurve`; quick for millions of impostors. */
export function detOfComparisons(
  genuineScores: Scores | SortedScores,
  impostorScores: Scores | SortedScores,
  options: DetOptions = {},
): readonly ComparisonDetPoint[] {
  const [genuine, impostor] = [sortScores(genuineScores), sortScores(impostorScores)]
  return tradeOff(
    { scores: genuine, trials: genuine.ascending.length },
    { scores: impostor, trials: impostor.ascending.length },
    options,
  ).map(({ threshold, missed, passed }) => ({ threshold, fnmr: missed, fmr: passed }))
}

function tradeOff(mates: Side, innocents: Side, { points = 200 }: DetOptions): readonly TradePoint[] {
  if (mates.trials === 0 || innocents.trials === 0) return []
  const thresholds = new Set([...offered(mates.scores, 'low'), ...offered(innocents.scores, 'high')])
  const curve = [...thresholds]
    .sort((one, other) => one - other)
    .map((threshold) => ({
      threshold,
      missed: (mates.trials - countAtLeast(mates.scores, threshold)) / mates.trials,
      passed: countAtLeast(innocents.scores, threshold) / innocents.trials,
    }))
  return thinned(curve, points, { missed: 0.5 / mates.trials, passed: 0.5 / innocents.trials })
}

/** Thresholds worth a look: all, or evenly spaced in the logarithm of the rate seen from its rare end. */
function offered({ ascending }: SortedScores, rareEnd: 'low' | 'high'): readonly number[] {
  const count = ascending.length
  if (count <= ALL_THRESHOLDS) return [...ascending]
  const steps = Array.from({ length: ALL_THRESHOLDS }, (_, step) =>
    Math.min(count - 1, Math.floor(count ** (step / (ALL_THRESHOLDS - 1)) - 1)),
  )
  return steps.map((step) => ascending[rareEnd === 'low' ? step : count - 1 - step] as number)
}

/** Keeps points evenly along the curve on log axes (a rate of 0 is taken as half a trial), ends included. */
function thinned(
  curve: readonly TradePoint[],
  points: number,
  halfTrial: { readonly missed: number; readonly passed: number },
): readonly TradePoint[] {
  const [first, last] = [curve[0], curve.at(-1)]
  if (curve.length <= points || first === undefined || last === undefined) return curve
  const place = (point: TradePoint): number =>
    Math.log(Math.max(point.missed, halfTrial.missed)) - Math.log(Math.max(point.passed, halfTrial.passed))
  const step = (place(last) - place(first)) / (points - 1)
  let next = place(first)
  const kept = curve.slice(0, -1).filter((point) => {
    if (place(point) < next) return false
    next = Math.max(next, place(point)) + step
    return true
  })
  return [...kept.slice(0, points - 1), last]
}

function present(scores: readonly (number | null)[]): readonly number[] {
  return scores.filter((score) => score !== null)
}
