import { type Rate, rateOf } from './error-rates.ts'
import { listedMateScore, type MatedSearch } from './searches.ts'

/** A genuine trial with the quality of its sample (of the worse one, when two were captured). */
export interface QualityTrial {
  /** Genuine or mate score; null when there is none (failure, or mate not on the list): an error at any threshold. */
  readonly score: number | null
  /** Higher is better; null when it could not be measured: discarded first. */
  readonly quality: number | null
}

export interface DiscardPoint {
  /** Share asked to be discarded, 0 to 1. */
  readonly fraction: number
  /** Share really discarded: trials of equal quality go or stay together, so never more than `fraction`. */
  readonly discarded: number
  /** Lowest quality kept; null when what is kept was not measured. */
  readonly leastQuality: number | null
  /** Errors among the trials kept. */
  readonly rate: Rate
}

/**
 * Error-versus-discard curve: the false negative rate at a fixed threshold as the samples of lowest
 * quality are left out, one point per fraction. A quality measure that predicts misses falls steeply.
 * Source: ISO/IEC 29794-1; Grother and Tabassi 2007.
 * @param fractions each 0 or more, below 1
 */
export function errorVersusDiscard(
  trials: readonly QualityTrial[],
  threshold: number,
  fractions: readonly number[],
): readonly DiscardPoint[] {
  if (!fractions.every((fraction) => fraction >= 0 && fraction < 1)) {
    throw new RangeError('A discarded share lies between 0 and 1, 1 excluded.')
  }
  const ordered = [...trials].sort((one, other) => order(one) - order(other) || 0)
  const errorsBefore = [0]
  for (const { score } of ordered) {
    errorsBefore.push((errorsBefore.at(-1) ?? 0) + (score !== null && score >= threshold ? 0 : 1))
  }
  return fractions.map((fraction) => {
    const gone = wholeLevels(ordered, Math.floor(fraction * ordered.length * (1 + 1e-12)))
    const errors = (errorsBefore.at(-1) ?? 0) - (errorsBefore[gone] ?? 0)
    return {
      fraction,
      discarded: ordered.length === 0 ? 0 : gone / ordered.length,
      leastQuality: ordered[gone]?.quality ?? null,
      rate: rateOf(errors, ordered.length - gone),
    }
  })
}

/** Mated searches as trials of a discard curve. */
export function qualityTrials(
  mated: readonly MatedSearch[],
  qualityOf: (probe: string) => number | null,
): readonly QualityTrial[] {
  return mated.map((search) => ({ score: listedMateScore(search), quality: qualityOf(search.probe) }))
}

/** Linear correlation (Pearson), -1 to 1; null with fewer than two pairs or when a side does not vary. */
export function correlation(one: readonly number[], other: readonly number[]): number | null {
  if (one.length !== other.length)
    throw new RangeError('A correlation needs as many values on one side as on the other.')
  if (one.length < 2 || constant(one) || constant(other)) return null
  const [meanOne, meanOther] = [mean(one), mean(other)]
  let [joint, squaresOne, squaresOther] = [0, 0, 0]
  for (const [index, value] of one.entries()) {
    const [x, y] = [value - meanOne, (other[index] as number) - meanOther]
    joint += x * y
    squaresOne += x * x
    squaresOther += y * y
  }
  const scale = Math.sqrt(squaresOne) * Math.sqrt(squaresOther)
  return scale > 0 ? Math.max(-1, Math.min(1, joint / scale)) : null
}

/** Correlation of the order (Spearman), -1 to 1, equal values sharing their mean place; null as `correlation`. */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number | null {
  return correlation(places(one), places(other))
}

/** The most trials, at most `most`, that can go without parting trials of equal quality. */
function wholeLevels(ordered: readonly QualityTrial[], most: number): number {
  const border = ordered[most]
  if (border === undefined) return most
  return ordered.findIndex((trial) => order(trial) === order(border))
}

function order({ quality }: QualityTrial): number {
  return quality ?? Number.NEGATIVE_INFINITY
}

function places(values: readonly number[]): readonly number[] {
  const ordered = values.map((value, index) => ({ value, index })).sort((one, other) => one.value - other.value)
  const found = new Array<number>(values.length)
  for (let start = 0; start < ordered.length; ) {
    let end = start + 1
    while (end < ordered.length && ordered[end]?.value === ordered[start]?.value) end += 1
    for (const { index } of ordered.slice(start, end)) found[index] = (start + end + 1) / 2
    start = end
  }
  return found
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}

function constant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0])
}
