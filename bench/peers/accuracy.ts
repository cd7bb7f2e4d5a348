/** One-to-many and one-to-one error rates. A failure to make a template is a miss or an empty list, never left out. */

/** A search whose person is enrolled. No score: the probe or the mate's photograph gave no template. */
export interface MatedSearch {
  readonly mateScore: number | undefined
  /** 1 for the first place; people who score the same stand before the mate. */
  readonly mateRank: number
}

export interface Rate {
  readonly count: number
  readonly of: number
}

/** Candidates a list holds at most. */
const LIST_LENGTH = 50

/** FNIR(N, R, T): the mate is not among the first R with a score of at least T. */
export function falseNegatives(searches: readonly MatedSearch[], rank: number, threshold: number): Rate {
  const found = searches.filter(
    ({ mateScore, mateRank }) => mateScore !== undefined && mateRank <= rank && mateScore >= threshold,
  )
  return { count: searches.length - found.length, of: searches.length }
}

/** FPIR(N, T): a search whose person is not enrolled lists anybody. A failure lists nobody: `undefined`. */
export function falsePositives(bestScores: readonly (number | undefined)[], threshold: number): Rate {
  const listed = bestScores.filter((score) => score !== undefined && score >= threshold)
  return { count: listed.length, of: bestScores.length }
}

/** The least threshold at which FPIR is at most `share`, from the scores seen alone. */
export function thresholdFor(bestScores: readonly (number | undefined)[], share: number): number {
  const falling = bestScores.map((score) => score ?? Number.NEGATIVE_INFINITY).sort((one, other) => other - one)
  const excluded = falling[Math.floor(share * falling.length + 1e-9)]
  if (excluded === undefined || excluded === Number.NEGATIVE_INFINITY) return Number.NEGATIVE_INFINITY
  return nextAbove(excluded)
}

/** FNIR(N, L, T) at the threshold of a target FPIR. */
export function falseNegativesAt(
  searches: readonly MatedSearch[],
  bestScores: readonly (number | undefined)[],
  share: number,
): Rate {
  return falseNegatives(searches, LIST_LENGTH, thresholdFor(bestScores, share))
}

/** The next greater number a computer can tell apart. */
function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  const bits = new BigInt64Array(1)
  const number = new Float64Array(bits.buffer)
  number[0] = value
  bits[0] = (bits[0] ?? 0n) + (value > 0 ? 1n : -1n)
  return number[0]
}

/** A comparison of two photographs; no score where one of them gave no template. */
export interface Comparison {
  readonly samePerson: boolean
  readonly score: number | undefined
}

/** The threshold with the fewest wrong answers; of several the least. */
export function bestThreshold(comparisons: readonly Comparison[]): number {
  const scored = comparisons.flatMap(({ samePerson, score }) => (score === undefined ? [] : [{ samePerson, score }]))
  const rising = scored.sort((one, other) => one.score - other.score)
  let wrong = rising.filter(({ samePerson }) => !samePerson).length
  let best = { wrong, threshold: Number.NEGATIVE_INFINITY }
  for (const [place, { samePerson, score }] of rising.entries()) {
    wrong += samePerson ? 1 : -1
    const isLast = rising[place + 1]?.score !== score
    if (isLast && wrong < best.wrong) best = { wrong, threshold: nextAbove(score) }
  }
  return best.threshold
}

/** Wrong answers at a threshold; a comparison without a score is wrong whoever is shown. */
export function wrongAnswers(comparisons: readonly Comparison[], threshold: number): Rate {
  const right = comparisons.filter(({ samePerson, score }) => score !== undefined && score >= threshold === samePerson)
  return { count: comparisons.length - right.length, of: comparisons.length }
}

/** Wilson's 95 % interval of a share. */
export function wilson({ count, of }: Rate): readonly [number, number] {
  const z = 1.959964
  const share = count / of
  const middle = share + (z * z) / (2 * of)
  const half = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  const scale = 1 + (z * z) / of
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)]
}
