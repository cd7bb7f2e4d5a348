import { complement, type Rate, rateOf } from './error-rates.ts'
import { RULE_OF_THIRTY } from './intervals.ts'
import {
  allowedErrors,
  countAtLeast,
  countBelow,
  nextAbove,
  type Scores,
  type SortedScores,
  sortScores,
  thresholdAllowing,
} from './sorted-scores.ts'

/** One-against-one comparisons of the two kinds. */
export interface PairScores {
  readonly genuine: Scores | SortedScores
  readonly impostor: Scores | SortedScores
  /** Comparisons that could not be made, for want of a template; they count as errors. 0 unless told. */
  readonly failures?: number
}

export interface TarAtFmr {
  /** Lowest threshold whose measured FMR does not exceed the target; null without impostor scores. */
  readonly threshold: number | null
  readonly targetFmr: number
  /** FMR measured at the threshold. */
  readonly fmr: Rate
  readonly tar: Rate
  /** False when the target allows fewer than 30 impostor errors: measured, but on too few to state firmly. */
  readonly ruleOfThirty: boolean
}

export interface BestAccuracy {
  /** Chosen on the training pairs alone. */
  readonly threshold: number
  /** Accuracy on the training pairs, flattered by the choice. */
  readonly train: Rate
  /** Accuracy on the test pairs: the figure to state. */
  readonly test: Rate
}

/**
 * FMR(T), false match rate (never said of a 1:N result): share of impostor comparisons with score T or
 * above. Source: ISO/IEC 19795-1.
 */
export function fmr(impostorScores: Scores | SortedScores, threshold: number): Rate {
  const impostors = sortScores(impostorScores)
  return rateOf(countAtLeast(impostors, threshold), impostors.ascending.length)
}

/**
 * FNMR(T), false non-match rate (never said of a 1:N result): share of genuine comparisons below T.
 * @param failures genuine comparisons that could not be made: counted as errors and as trials
 *   (with them the figure is the false reject rate of ISO/IEC 19795-1). 0 unless told.
 */
export function fnmr(genuineScores: Scores | SortedScores, threshold: number, failures = 0): Rate {
  const genuine = sortScores(genuineScores)
  return rateOf(countBelow(genuine, threshold) + failures, genuine.ascending.length + failures)
}

/**
 * TAR = 1 - FNMR (failures counted) at the lowest threshold whose FMR does not exceed the target.
 * @param targetFmr 0 to 1
 * @param failures genuine comparisons that could not be made
 */
export function tarAtFmr(
  genuineScores: Scores | SortedScores,
  impostorScores: Scores | SortedScores,
  targetFmr: number,
  failures = 0,
): TarAtFmr {
  const impostors = sortScores(impostorScores)
  const allowed = allowedErrors(targetFmr, impostors.ascending.length)
  const threshold = thresholdAllowing(impostors, allowed)
  if (threshold === null) {
    return { threshold, targetFmr, fmr: rateOf(0, 0), tar: rateOf(0, 0), ruleOfThirty: false }
  }
  const tar = complement(fnmr(genuineScores, threshold, failures))
  return { threshold, targetFmr, fmr: fmr(impostors, threshold), tar, ruleOfThirty: allowed >= RULE_OF_THIRTY }
}

/**
 * d', separation of the two score distributions: difference of the means over the root of the mean
 * variance (Daugman 2000). In standard deviations.
 * @returns null when a side has fewer than two scores or neither side varies.
 */
export function dPrime(genuineScores: Scores, impostorScores: Scores): number | null {
  if (genuineScores.length < 2 || impostorScores.length < 2) return null
  const [genuine, impostor] = [spreadOf(genuineScores), spreadOf(impostorScores)]
  const pooled = Math.sqrt((genuine.variance + impostor.variance) / 2)
  return pooled > 0 ? (genuine.mean - impostor.mean) / pooled : null
}

/**
 * Verification accuracy by the View 1 protocol of LFW: the threshold with the fewest errors on the
 * training pairs (the lowest of equally good ones), applied unchanged to the test pairs. Failures
 * count as errors on either side. Meant for thousands of pairs.
 * @throws RangeError without a training comparison.
 */
export function bestAccuracy(train: PairScores, test: PairScores): BestAccuracy {
  const threshold = bestThreshold(sortScores(train.genuine), sortScores(train.impostor))
  return { threshold, train: accuracyAt(train, threshold), test: accuracyAt(test, threshold) }
}

/** Share of comparisons decided rightly at a threshold: genuine at it or above, impostors below, failures wrong. */
export function accuracyAt({ genuine, impostor, failures = 0 }: PairScores, threshold: number): Rate {
  const [missed, passed] = [fnmr(genuine, threshold), fmr(impostor, threshold)]
  return complement(rateOf(missed.errors + passed.errors + failures, missed.trials + passed.trials + failures))
}

/** The lowest of the best cuts, set midway to the next lower score. */
function bestThreshold(genuine: SortedScores, impostor: SortedScores): number {
  const cuts = [...new Set([...genuine.ascending, ...impostor.ascending])].sort((one, other) => one - other)
  const lowest = cuts[0]
  if (lowest === undefined) throw new RangeError('A threshold cannot be chosen without training comparisons.')
  let best = { errors: impostor.ascending.length, threshold: lowest }
  for (const [index, cut] of [...cuts, Number.POSITIVE_INFINITY].entries()) {
    const errors = countBelow(genuine, cut) + countAtLeast(impostor, cut)
    if (errors < best.errors) best = { errors, threshold: midway(cuts[index - 1] ?? cut, cut) }
  }
  return best.threshold
}

/** A cut between two scores, the higher one included; after the last score it is the next number. */
function midway(below: number, cut: number): number {
  if (cut === Number.POSITIVE_INFINITY) return nextAbove(below)
  const middle = (below + cut) / 2
  return middle > below ? middle : cut
}

/** Mean and sample variance in one pass (Welford), steady over millions of scores. */
function spreadOf(scores: Scores): { readonly mean: number; readonly variance: number } {
  let [mean, squares] = [0, 0]
  for (let index = 0; index < scores.length; index += 1) {
    const step = (scores[index] as number) - mean
    mean += step / (index + 1)
    squares += step * ((scores[index] as number) - mean)
  }
  return { mean, variance: squares / (scores.length - 1) }
}
