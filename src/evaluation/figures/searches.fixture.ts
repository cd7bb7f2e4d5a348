import fc from 'fast-check'
import type { Groups, MatedSearch, NonMatedSearch } from './searches.ts'

/** Length of the candidate lists made here. */
export const LIST_LENGTH = 5

export function mated(
  probe: string,
  mateRank: number | null,
  mateScore: number | null,
  more: Partial<MatedSearch> = {},
): MatedSearch {
  return { probe, subject: probe, failed: false, mateRank, mateScore, strangers: [], groups: {}, ...more }
}

export function nonMated(probe: string, scores: readonly number[], more: Partial<NonMatedSearch> = {}): NonMatedSearch {
  return { probe, subject: probe, failed: false, scores, groups: {}, ...more }
}

/** The worked example of the domain reference, mated: lists of three. */
export const GOLDEN_MATED: readonly MatedSearch[] = [
  mated('A', 1, 0.91),
  mated('B', 1, 0.62),
  mated('C', 3, 0.55),
  mated('D', null, null),
  mated('E', 2, 0.58, { strangers: [0.6] }),
]

/** The worked example of the domain reference, non-mated. */
export const GOLDEN_NON_MATED: readonly NonMatedSearch[] = [
  nonMated('N1', [0.7, 0.5, 0.4]),
  nonMated('N2', [0.58, 0.57, 0.3]),
  nonMated('N3', [0.45]),
  nonMated('N4', [0.59, 0.59, 0.58]),
  nonMated('N5', [0.2]),
]

/** Cosine scores of two digits, so that ties happen. */
export const score: fc.Arbitrary<number> = fc.integer({ min: -100, max: 100 }).map((hundredths) => hundredths / 100)

export const rank: fc.Arbitrary<number> = fc.integer({ min: 1, max: LIST_LENGTH })

const subject = fc.constantFrom('ada', 'bo', 'cleo', 'dov', 'eun', 'fay')
const groups: fc.Arbitrary<Groups> = fc.record({ sex: fc.constantFrom('F', 'M', 'X') }, { requiredKeys: [] })
const descending = (most: number) =>
  fc.array(score, { maxLength: most }).map((scores) => scores.sort((one, other) => other - one))

const someMated: fc.Arbitrary<MatedSearch> = fc
  .record({
    probe: fc.uuid(),
    subject,
    failed: fc.boolean(),
    place: fc.option(fc.record({ rank, score })),
    strangers: descending(LIST_LENGTH),
    groups,
  })
  .map(({ place, ...rest }) => {
    const listed = rest.failed ? null : place
    return { ...rest, mateRank: listed?.rank ?? null, mateScore: listed?.score ?? null }
  })

const someNonMated: fc.Arbitrary<NonMatedSearch> = fc
  .record({ probe: fc.uuid(), subject, failed: fc.boolean(), scores: descending(LIST_LENGTH), groups })
  .map((search) => ({ ...search, scores: search.failed ? [] : search.scores }))

export const matedSearches: fc.Arbitrary<readonly MatedSearch[]> = fc.array(someMated, { maxLength: 40 })

export const nonMatedSearches: fc.Arbitrary<readonly NonMatedSearch[]> = fc.array(someNonMated, { maxLength: 40 })

/** The same trials in another order. */
export function reordered<T>(trials: readonly T[]): readonly T[] {
  const middle = Math.floor(trials.length / 2)
  return [...trials.slice(middle), ...trials.slice(0, middle)].reverse()
}

/** Two numbers in order. */
export function inOrder(one: number, other: number): readonly [number, number] {
  return one < other ? [one, other] : [other, one]
}

/** Scores that fall off like a normal distribution, always the same ones. */
export function bellScores(count: number, mean: number, deviation: number, from = 1): Float32Array {
  let state = from
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 0.5) / 4_294_967_296
  }
  return Float32Array.from(
    { length: count },
    () => mean + deviation * Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()),
  )
}
