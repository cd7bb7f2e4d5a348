/** Lower and upper end of an interval. */
export interface Interval {
  readonly low: number
  readonly high: number
}

export interface BootstrapOptions {
  /** Resamples drawn; 1000 unless told. */
  readonly rounds?: number
  /** Same seed, same interval. */
  readonly seed: number
  /** Coverage, 0 to 1; .95 unless told. */
  readonly level?: number
}

/** Standard normal quantile of a two-sided 95 % interval. */
export const Z95 = 1.959963984540054

/**
 * Wilson score interval of a share; valid for few errors and for none. It takes trials to be
 * independent: for several trials per person see `clusterBootstrap`.
 * @param errors 0 to `trials`
 * @returns within 0 to 1, around errors / trials; 0 to 1 when there are no trials.
 */
export function wilson(errors: number, trials: number, z: number = Z95): Interval {
  if (!(errors >= 0 && errors <= trials)) throw new RangeError('Errors lie between 0 and the number of trials.')
  if (trials === 0) return { low: 0, high: 1 }
  const share = errors / trials
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))
  const [centre, scale] = [share + (z * z) / (2 * trials), 1 + (z * z) / trials]
  // The ends are exact at no errors and at nothing but errors, and rounding never excludes the share.
  const low = errors === 0 ? 0 : Math.min(share, (centre - spread) / scale)
  const high = errors === trials ? 1 : Math.max(share, (centre + spread) / scale)
  return { low, high }
}

/**
 * Score interval of a mean count (quasi-Poisson): the Wilson interval's sister for figures such as
 * selectivity that may exceed 1. Counts that vary more than chance alone widen it.
 * @param counts one count of 0 or more per independent unit (a search, or a person's searches)
 * @param trials searches the counts come from
 */
export function countInterval(counts: readonly number[], trials: number, z: number = Z95): Interval {
  if (trials === 0) return { low: 0, high: Number.POSITIVE_INFINITY }
  const total = sum(counts)
  const mean = total / counts.length
  const variance = sum(counts.map((count) => (count - mean) ** 2)) / Math.max(1, counts.length - 1)
  const dispersion = mean > 0 ? Math.max(1, variance / mean) : 1
  const centre = total + (dispersion * z * z) / 2
  const spread = z * Math.sqrt(dispersion * (total + (dispersion * z * z) / 4))
  return { low: Math.max(0, Math.min(total, centre - spread)) / trials, high: (centre + spread) / trials }
}

/** Rule of three (ISO/IEC 19795-1): no error in n trials leaves a 95 % upper bound of about 3 / n. */
export function ruleOfThree(trials: number): number {
  return trials > 3 ? 3 / trials : 1
}

/** Rule of thirty (ISO/IEC 19795-1): with 30 errors the true rate is within 30 % of the measured one at 90 %. */
export const RULE_OF_THIRTY = 30

/**
 * Percentile bootstrap that draws people, not trials: all trials of a drawn person come along.
 * The order of people does not matter; the same seed gives the same interval.
 * @param statistic null when the sample cannot say (such rounds are left out)
 * @returns null with fewer than two people, or when no round could say.
 */
export function clusterBootstrap<T>(
  bySubject: ReadonlyMap<string, readonly T[]>,
  statistic: (sample: readonly T[]) => number | null,
  { rounds = 1000, seed, level = 0.95 }: BootstrapOptions,
): Interval | null {
  const clusters = [...bySubject].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, trials]) => trials)
  if (clusters.length < 2) return null
  const random = seededRandom(seed)
  const values: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const drawn = clusters.map(() => clusters[Math.floor(random() * clusters.length)] as readonly T[])
    const value = statistic(drawn.flat())
    if (value !== null && Number.isFinite(value)) values.push(value)
  }
  if (values.length === 0) return null
  const ascending = Float64Array.from(values).sort()
  return { low: quantile(ascending, (1 - level) / 2), high: quantile(ascending, (1 + level) / 2) }
}

/** Small seeded generator (mulberry32), 0 included to 1 excluded; for resampling only, never for secrets. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Quantile of an ascending, non-empty array, linear between neighbours. */
function quantile(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1)
  const below = ascending[Math.floor(place)] as number
  const above = ascending[Math.ceil(place)] as number
  return below + (above - below) * (place - Math.floor(place))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
