/** Scores in any order. Millions of them come as a typed array. */
export type Scores = readonly number[] | Float32Array | Float64Array

/** Scores sorted once, so that every count is a binary search. Made by `sortScores` alone. */
export interface SortedScores {
  readonly ascending: Float32Array | Float64Array
}

/**
 * Sorts a copy. What is sorted already is returned as it is, so that one sort serves every figure.
 * @throws RangeError when a score is not a number: a broken template must not become a rate.
 */
export function sortScores(scores: Scores | SortedScores): SortedScores {
  if ('ascending' in scores) return scores
  const ascending = scores instanceof Float32Array ? scores.slice().sort() : Float64Array.from(scores).sort()
  if (Number.isNaN(ascending.at(-1))) throw new RangeError('A similarity score is not a number.')
  return { ascending }
}

/** How many scores lie below the threshold. */
export function countBelow({ ascending }: SortedScores, threshold: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] as number) < threshold) low = middle + 1
    else high = middle
  }
  return low
}

/** How many scores are at the threshold or above. */
export function countAtLeast(sorted: SortedScores, threshold: number): number {
  return sorted.ascending.length - countBelow(sorted, threshold)
}

/** How many errors a rate allows in so many trials; 0.29 of 100 is 29, whatever binary fractions say. */
export function allowedErrors(rate: number, trials: number): number {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError('A rate lies between 0 and 1.')
  return Math.floor(rate * trials * (1 + 1e-12))
}

/**
 * The lowest threshold that at most `allowed` of the scores reach: the very next number above the
 * first score that must stay out, or the lowest score when all may stay.
 * @returns null when there are no scores.
 */
export function thresholdAllowing(sorted: SortedScores, allowed: number): number | null {
  const { ascending } = sorted
  const firstOut = ascending.length - 1 - allowed
  if (firstOut < 0) return ascending[0] ?? null
  return nextAbove(ascending[firstOut] as number)
}

/** The smallest double greater than the value. */
export function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  if (!Number.isFinite(value)) return value
  const cell = new DataView(new ArrayBuffer(8))
  cell.setFloat64(0, value)
  cell.setBigInt64(0, cell.getBigInt64(0) + (value > 0 ? 1n : -1n))
  return cell.getFloat64(0)
}
