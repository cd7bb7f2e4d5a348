export interface Line {
  /** Of the value, for one row. */
  readonly slope: number
  /** The value without rows, not below 0. */
  readonly intercept: number
}

/**
 * The line through two measured sizes. Where chance puts the intercept below 0, the line goes through 0 and the larger.
 * @throws RangeError unless the second size is larger and its value too
 */
export function fitLine(small: readonly [number, number], large: readonly [number, number]): Line {
  const slope = (large[1] - small[1]) / (large[0] - small[0])
  if (!(large[0] > small[0]) || !(slope > 0)) throw new RangeError('The measured sizes show no growth: too few rounds.')
  const intercept = small[1] - slope * small[0]
  return intercept < 0 ? { slope: large[1] / large[0], intercept: 0 } : { slope, intercept }
}
