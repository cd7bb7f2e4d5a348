/** One group's error rate, 0 or more, with its interval. */
export interface RatedGroup {
  readonly group: string
  readonly rate: number
  readonly low: number
  readonly high: number
}

/** A ratio with the bounds that the groups' intervals leave it. */
export interface SpreadRatio {
  /** 1 or more; null when it is undefined, which `note` explains. */
  readonly value: number | null
  /** At least so much, 1 or more. */
  readonly low: number
  /** At most so much; null when the intervals set no upper bound. */
  readonly high: number | null
  readonly note: string | null
}

/** How unequal an error rate is between groups. NIST IR 8280 and 8429; ISO/IEC 19795-10. */
export interface GroupSpread {
  /** Groups compared. */
  readonly groups: number
  /** Group with the highest rate. */
  readonly worst: string
  /** Group with the lowest rate. */
  readonly best: string
  readonly maxMin: SpreadRatio
  readonly maxGeoMean: SpreadRatio
  /** Difference of the highest and the lowest rate. */
  readonly maxMinusMin: number
  /** Gini coefficient with the n / (n - 1) correction, 0 (equal) to 1 (one group bears all). */
  readonly gini: number
}

/**
 * All measures of one rate over its groups. The ratios of measured rates lean upward when groups are
 * small: read them with their bounds.
 * @returns null with fewer than two groups.
 */
export function spreadOf(groups: readonly RatedGroup[]): GroupSpread | null {
  const ordered = [...groups].sort((one, other) => one.rate - other.rate || (one.group < other.group ? -1 : 1))
  const [best, worst] = [ordered[0], ordered.at(-1)]
  if (best === undefined || worst === undefined || ordered.length < 2) return null
  return {
    groups: ordered.length,
    worst: worst.group,
    best: best.group,
    maxMin: maxMin(best, worst),
    maxGeoMean: maxGeoMean(ordered, worst),
    maxMinusMin: worst.rate - best.rate,
    gini: gini(ordered.map((one) => one.rate)) ?? 0,
  }
}

/**
 * G = n / (n - 1) x sum of |xi - xj| over all ordered pairs / (2 n^2 mean); 0 when all rates are 0.
 * Source: ISO/IEC 19795-10.
 * @returns 0 to 1; null with fewer than two rates.
 */
export function gini(rates: readonly number[]): number | null {
  const count = rates.length
  if (count < 2) return null
  const mean = rates.reduce((total, rate) => total + rate, 0) / count
  if (mean === 0) return 0
  const apart = rates.flatMap((one) => rates.map((other) => Math.abs(one - other)))
  const raw = apart.reduce((total, distance) => total + distance, 0) / (2 * count * count * mean)
  return Math.min(1, (raw * count) / (count - 1))
}

/**
 * FDR, Fairness Discrepancy Rate: 1 - (alpha x largest difference of the false positive rate + (1 - alpha)
 * x that of the false negative rate), 1 = equal. Source: de Freitas Pereira and Marcel 2021.
 * @param alpha weight of the false positives, 0 to 1; .5 unless told
 * @returns null when a side has fewer than two groups.
 */
export function fairnessDiscrepancyRate(
  falsePositiveRates: readonly number[],
  falseNegativeRates: readonly number[],
  alpha = 0.5,
): number | null {
  if (falsePositiveRates.length < 2 || falseNegativeRates.length < 2) return null
  return 1 - (alpha * range(falsePositiveRates) + (1 - alpha) * range(falseNegativeRates))
}

/** Highest rate over the lowest. */
function maxMin(best: RatedGroup, worst: RatedGroup): SpreadRatio {
  return ratio(worst, best.rate, { low: best.low, high: best.high }, 'The lowest rate is 0')
}

/** Highest rate over the geometric mean of all rates, the summary of NIST IR 8429. */
function maxGeoMean(groups: readonly RatedGroup[], worst: RatedGroup): SpreadRatio {
  const mean = geometricMean(groups.map((one) => one.rate))
  const ends = {
    low: geometricMean(groups.map((one) => one.low)),
    high: geometricMean(groups.map((one) => one.high)),
  }
  return ratio(worst, mean, ends, 'A rate of 0 makes the geometric mean 0')
}

function ratio(
  worst: RatedGroup,
  base: number,
  ends: { readonly low: number; readonly high: number },
  whyUndefined: string,
): SpreadRatio {
  const low = ends.high > 0 ? Math.max(1, worst.low / ends.high) : 1
  const high = ends.low > 0 ? Math.max(1, worst.high / ends.low) : null
  if (base > 0) return { value: Math.max(1, worst.rate / base), low, high, note: null }
  const least = Number(low.toPrecision(3))
  const note = `${whyUndefined}, so the ratio is undefined; by the 95 % intervals it is at least ${least}.`
  return { value: null, low, high, note }
}

function geometricMean(rates: readonly number[]): number {
  return Math.exp(rates.reduce((total, rate) => total + Math.log(rate), 0) / rates.length)
}

function range(rates: readonly number[]): number {
  return Math.max(...rates) - Math.min(...rates)
}
