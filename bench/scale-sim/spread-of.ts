import { quantile } from '../search/measure.ts'

/** Quartiles of a normal distribution are so many standard deviations apart. */
const QUARTILES = 1.349

/** Standard deviation of the logarithms, from their quartiles: a few values far off do not decide it. */
export function spreadOf(values: readonly number[]): number {
  return Math.log(quantile(values, 0.75) / quantile(values, 0.25)) / QUARTILES
}
