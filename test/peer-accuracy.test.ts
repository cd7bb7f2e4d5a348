import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bestThreshold,
  type Comparison,
  falseNegatives,
  falseNegativesAt,
  falsePositives,
  type MatedSearch,
  thresholdFor,
  wilson,
  wrongAnswers,
} from '../bench/peers/accuracy.ts'

/** The worked example of the domain reference: D is on no list, E stands behind a stranger. */
const MATED: readonly MatedSearch[] = [
  { mateScore: 0.91, mateRank: 1 },
  { mateScore: 0.62, mateRank: 1 },
  { mateScore: 0.55, mateRank: 3 },
  { mateScore: undefined, mateRank: Number.POSITIVE_INFINITY },
  { mateScore: 0.58, mateRank: 2 },
]
const NON_MATED = [0.7, 0.58, 0.45, 0.59, 0.2]

const scores = fc.option(fc.double({ min: -2, max: 2, noNaN: true }), { nil: undefined })

describe('one-to-many rates', () => {
  it.each([
    [1, 0, 3],
    [3, 0, 1],
    [3, 0.57, 2],
    [3, 0.6, 3],
  ])('FNIR at rank %d and threshold %d is %d of 5', (rank, threshold, count) => {
    expect(falseNegatives(MATED, rank, threshold)).toEqual({ count, of: 5 })
  })

  it.each([
    [0.57, 3],
    [0.6, 1],
  ])('FPIR at %d is %d of 5', (threshold, count) => {
    expect(falsePositives(NON_MATED, threshold)).toEqual({ count, of: 5 })
  })

  it('counts a failure as a miss at any threshold, and as an empty list', () => {
    const failed = [{ mateScore: undefined, mateRank: Number.POSITIVE_INFINITY }]
    expect(falseNegatives(failed, 50, Number.NEGATIVE_INFINITY)).toEqual({ count: 1, of: 1 })
    expect(falsePositives([undefined], Number.NEGATIVE_INFINITY)).toEqual({ count: 0, of: 1 })
  })

  it('sets the threshold just above the first score that has to go', () => {
    expect(falsePositives(NON_MATED, thresholdFor(NON_MATED, 0.2))).toEqual({ count: 1, of: 5 })
    expect(thresholdFor(NON_MATED, 0.2)).toBeGreaterThan(0.59)
    expect(thresholdFor(NON_MATED, 0.2)).toBeLessThan(0.5901)
    expect(falseNegativesAt(MATED, NON_MATED, 0.2)).toEqual({ count: 3, of: 5 })
  })

  it('works on distances with the sign turned', () => {
    const distances = [-0.4, -0.6, -0.6, -1.2]
    expect(falsePositives(distances, thresholdFor(distances, 0.25))).toEqual({ count: 1, of: 4 })
  })

  it('never exceeds the target and is not needlessly strict', () => {
    fc.assert(
      fc.property(
        fc.array(scores, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (best, share) => {
          const threshold = thresholdFor(best, share)
          expect(falsePositives(best, threshold).count).toBeLessThanOrEqual(Math.floor(share * best.length + 1e-9))
          const greatestOut = Math.max(
            ...best.filter((score) => score !== undefined).filter((score) => score < threshold),
          )
          const looser = falsePositives(best, greatestOut)
          if (Number.isFinite(greatestOut)) expect(looser.count).toBeGreaterThan(Math.floor(share * best.length + 1e-9))
        },
      ),
    )
  })

  it('misses no fewer mates at a stricter target', () => {
    const search = scores.map((mateScore): MatedSearch => ({ mateScore, mateRank: mateScore === undefined ? 99 : 1 }))
    fc.assert(
      fc.property(fc.array(search), fc.array(scores, { minLength: 1 }), (mated, best) => {
        const loose = falseNegativesAt(mated, best, 0.1)
        expect(falseNegativesAt(mated, best, 0.01).count).toBeGreaterThanOrEqual(loose.count)
      }),
    )
  })
})

describe('one-to-one comparisons', () => {
  const COMPARISONS: readonly Comparison[] = [
    { samePerson: true, score: 0.9 },
    { samePerson: true, score: 0.5 },
    { samePerson: false, score: 0.4 },
    { samePerson: false, score: 0.1 },
  ]

  it('finds the threshold that parts them', () => {
    const threshold = bestThreshold(COMPARISONS)
    expect(threshold).toBeGreaterThan(0.4)
    expect(threshold).toBeLessThanOrEqual(0.5)
    expect(wrongAnswers(COMPARISONS, threshold)).toEqual({ count: 0, of: 4 })
  })

  it('calls a comparison without a score wrong, whoever is shown', () => {
    const failed = [true, false].map((samePerson): Comparison => ({ samePerson, score: undefined }))
    expect(wrongAnswers(failed, 0)).toEqual({ count: 2, of: 2 })
    expect(bestThreshold([...COMPARISONS, ...failed])).toBe(bestThreshold(COMPARISONS))
  })

  it('is no worse than any other threshold', () => {
    const comparison = fc.record({ samePerson: fc.boolean(), score: fc.integer({ min: -5, max: 5 }) })
    fc.assert(
      fc.property(fc.array(comparison), fc.integer({ min: -6, max: 6 }), (comparisons, other) => {
        const best = wrongAnswers(comparisons, bestThreshold(comparisons))
        expect(best.count).toBeLessThanOrEqual(wrongAnswers(comparisons, other).count)
      }),
    )
  })
})

describe('wilson', () => {
  it('gives the interval of a rate, and a true one for none', () => {
    const [low, high] = wilson({ count: 61, of: 61 })
    expect(low).toBeCloseTo(0.9408, 4)
    expect(high).toBe(1)
    expect(wilson({ count: 0, of: 400 })[1]).toBeCloseTo(0.0095, 4)
  })
})
