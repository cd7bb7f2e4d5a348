import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bellScores, score } from './searches.fixture.ts'
import { allowedErrors, countAtLeast, countBelow, nextAbove, sortScores, thresholdAllowing } from './sorted-scores.ts'

const scores = fc.array(score, { maxLength: 60 })

describe('sortScores', () => {
  test('leaves the scores given as they were', () => {
    const given = Float32Array.of(0.5, 0.25, 0.75)
    expect([...sortScores(given).ascending]).toEqual([0.25, 0.5, 0.75])
    expect([...given]).toEqual([0.5, 0.25, 0.75])
  })

  test('sorts numerically, negatives first', () => {
    expect([...sortScores([0.1, -0.5, -1, 0]).ascending]).toEqual([-1, -0.5, 0, 0.1])
  })

  test('does not sort twice', () => {
    const sorted = sortScores([0.2, 0.1])
    expect(sortScores(sorted)).toBe(sorted)
  })

  test.each([[[0.1, Number.NaN]], [Float32Array.of(Number.NaN, 0.3)], [Float64Array.of(Number.NaN)]])(
    'refuses a score that is not a number',
    (broken) => {
      expect(() => sortScores(broken)).toThrow(RangeError)
    },
  )

  test('an empty set is fine', () => {
    expect(sortScores([]).ascending).toHaveLength(0)
  })
})

describe('countBelow and countAtLeast', () => {
  test('count what a walk through the scores counts', () => {
    fc.assert(
      fc.property(scores, score, (given, threshold) => {
        const sorted = sortScores(given)
        expect(countBelow(sorted, threshold)).toBe(given.filter((one) => one < threshold).length)
        expect(countAtLeast(sorted, threshold)).toBe(given.filter((one) => one >= threshold).length)
      }),
    )
  })

  test('every score is at least minus infinity, none at least infinity', () => {
    const sorted = sortScores([0.1, 0.2])
    expect(countAtLeast(sorted, Number.NEGATIVE_INFINITY)).toBe(2)
    expect(countAtLeast(sorted, Number.POSITIVE_INFINITY)).toBe(0)
  })
})

describe('allowedErrors', () => {
  test.each([
    [0.29, 100, 29],
    [0.07, 100, 7],
    [0.001, 1_000, 1],
    [0.001, 999, 0],
    [1e-6, 12_000_000, 12],
    [0, 50, 0],
    [1, 50, 50],
  ])('a rate of %f allows in %i trials %i', (rate, trials, allowed) => {
    expect(allowedErrors(rate, trials)).toBe(allowed)
  })

  test('never allows more than the rate', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 1e7 }), (rate, trials) => {
        const allowed = allowedErrors(rate, trials)
        expect(allowed).toBeLessThanOrEqual(trials)
        expect(allowed / trials).toBeLessThanOrEqual(rate * (1 + 1e-9))
        expect((allowed + 1) / trials).toBeGreaterThan(rate)
      }),
    )
  })

  test.each([-0.1, 1.1, Number.NaN])('refuses the rate %f', (rate) => {
    expect(() => allowedErrors(rate, 10)).toThrow(RangeError)
  })
})

describe('thresholdAllowing', () => {
  test('lets at most so many pass, and one lower score would let more', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 60 }), fc.nat(70), (given, allowed) => {
        const sorted = sortScores(given)
        const threshold = thresholdAllowing(sorted, allowed) ?? Number.NaN
        expect(countAtLeast(sorted, threshold)).toBeLessThanOrEqual(allowed)
        const lower = given.filter((one) => one < threshold)
        for (const one of lower) expect(countAtLeast(sorted, one)).toBeGreaterThan(allowed)
      }),
    )
  })

  test('equal scores stay out together', () => {
    const sorted = sortScores([0.5, 0.5, 0.5, 0.1])
    const threshold = thresholdAllowing(sorted, 2) ?? Number.NaN
    expect(threshold).toBeGreaterThan(0.5)
    expect(countAtLeast(sorted, threshold)).toBe(0)
  })

  test('when all may pass it is the lowest score', () => {
    expect(thresholdAllowing(sortScores([0.5, 0.1]), 2)).toBe(0.1)
  })

  test('is null without scores', () => {
    expect(thresholdAllowing(sortScores([]), 3)).toBeNull()
  })

  test('counts single-precision scores exactly', () => {
    const sorted = sortScores(bellScores(10_000, 0, 0.1))
    expect(countAtLeast(sorted, thresholdAllowing(sorted, 100) ?? 0)).toBe(100)
  })
})

describe('nextAbove', () => {
  test('is greater, and nothing lies between', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), (value) => {
        const next = nextAbove(value)
        expect(next).toBeGreaterThan(value)
        const middle = value + (next - value) / 2
        expect(middle === value || middle === next).toBe(true)
      }),
    )
  })

  test('infinity stays', () => {
    expect(nextAbove(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
  })
})
