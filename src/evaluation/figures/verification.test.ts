import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bellScores, inOrder, reordered, score } from './searches.fixture.ts'
import { sortScores } from './sorted-scores.ts'
import { accuracyAt, bestAccuracy, dPrime, fmr, fnmr, tarAtFmr } from './verification.ts'

const scores = fc.array(score, { maxLength: 60 })
const someScores = fc.array(score, { minLength: 1, maxLength: 60 })

describe('fmr and fnmr', () => {
  test('an equal score is at the threshold for both', () => {
    expect(fmr([0.1, 0.5, 0.6], 0.5)).toMatchObject({ errors: 2, trials: 3, rate: 2 / 3 })
    expect(fnmr([0.1, 0.5, 0.6], 0.5)).toMatchObject({ errors: 1, trials: 3, rate: 1 / 3 })
  })

  test('FMR never rises and FNMR never falls with the threshold', () => {
    fc.assert(
      fc.property(scores, score, score, (given, one, other) => {
        const [low, high] = inOrder(one, other)
        expect(fmr(given, high).errors).toBeLessThanOrEqual(fmr(given, low).errors)
        expect(fnmr(given, high).errors).toBeGreaterThanOrEqual(fnmr(given, low).errors)
      }),
    )
  })

  test('of the same scores they share every trial out', () => {
    fc.assert(
      fc.property(scores, score, (given, threshold) => {
        expect(fmr(given, threshold).errors + fnmr(given, threshold).errors).toBe(given.length)
      }),
    )
  })

  test('the order of the scores does not matter, nor that they are sorted already', () => {
    fc.assert(
      fc.property(scores, score, (given, threshold) => {
        expect(fmr(reordered(given), threshold)).toEqual(fmr(given, threshold))
        expect(fnmr(sortScores(given), threshold)).toEqual(fnmr(given, threshold))
      }),
    )
  })

  test('failures are errors and trials', () => {
    expect(fnmr([0.8, 0.2], 0.5, 2)).toMatchObject({ errors: 3, trials: 4, rate: 0.75 })
  })

  test('without comparisons there is no rate', () => {
    expect(fmr([], 0.5).rate).toBeNull()
    expect(fnmr([], 0.5).rate).toBeNull()
  })
})

describe('tarAtFmr', () => {
  test('takes the lowest threshold that keeps the target', () => {
    const impostors = Array.from({ length: 100 }, (_, index) => index / 100)
    const found = tarAtFmr([0.9, 0.96, 0.99, 0.98, 0.985], impostors, 0.02)
    expect(found.fmr).toMatchObject({ errors: 2, trials: 100 })
    expect(found.threshold).toBeGreaterThan(0.97)
    expect(found.threshold).toBeLessThan(0.97 + 1e-12)
    expect(found.tar).toMatchObject({ errors: 2, trials: 5, rate: 3 / 5 })
  })

  test('the FMR measured never exceeds the target, and TAR never falls with it', () => {
    const target = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(scores, someScores, target, target, (genuine, impostor, one, other) => {
        const [strict, lax] = inOrder(one, other)
        const [low, high] = [tarAtFmr(genuine, impostor, strict), tarAtFmr(genuine, impostor, lax)]
        expect(low.fmr.rate).toBeLessThanOrEqual(strict + 1e-9)
        expect(high.tar.errors).toBeLessThanOrEqual(low.tar.errors)
      }),
    )
  })

  test('at FMR 0 every impostor stays out', () => {
    const found = tarAtFmr([0.5, 0.6], [0.5, 0.3], 0)
    expect(found.fmr.errors).toBe(0)
    expect(found.tar).toMatchObject({ errors: 1, trials: 2 })
  })

  test('failed genuine comparisons lower it', () => {
    expect(tarAtFmr([0.9, 0.8], [0.1], 0, 2).tar).toMatchObject({ errors: 2, trials: 4, rate: 0.5 })
  })

  test('says whether thirty errors stand behind it', () => {
    const impostors = bellScores(30_000, 0, 0.1)
    expect(tarAtFmr([0.5], impostors, 1e-3).ruleOfThirty).toBe(true)
    expect(tarAtFmr([0.5], impostors, 9e-4).ruleOfThirty).toBe(false)
  })

  test('without impostors there is neither threshold nor rate', () => {
    const found = tarAtFmr([0.9], [], 0.01)
    expect(found.threshold).toBeNull()
    expect(found.tar.rate).toBeNull()
    expect(found.ruleOfThirty).toBe(false)
  })

  test('refuses a target outside 0 to 1', () => {
    expect(() => tarAtFmr([0.9], [0.1], 1.5)).toThrow(RangeError)
  })

  test('a million impostor scores in single precision are counted exactly', () => {
    const impostors = sortScores(bellScores(1_000_000, 0, 0.1))
    const found = tarAtFmr(bellScores(1_000, 0.7, 0.1, 9), impostors, 1e-4)
    expect(found.fmr.errors).toBe(100)
    expect(found.threshold).toBeCloseTo(0.372, 2)
    expect(found.tar.rate).toBeGreaterThan(0.99)
  })
})

describe('dPrime', () => {
  test('is the distance of the means in standard deviations', () => {
    expect(dPrime([2, 4], [-1, 1])).toBeCloseTo(3 / Math.SQRT2, 12)
    expect(dPrime(bellScores(50_000, 0.6, 0.1, 3), bellScores(50_000, 0, 0.1, 4))).toBeCloseTo(6, 1)
  })

  test('does not change when all scores move or stretch together', () => {
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 3, maxLength: 30 }),
        fc.array(score, { minLength: 3, maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        (genuine, impostor, factor) => {
          const straight = dPrime(genuine, impostor)
          fc.pre(straight !== null && Math.abs(straight) < 1e6)
          const moved = dPrime(
            genuine.map((one) => factor * one + 5),
            impostor.map((one) => factor * one + 5),
          )
          expect(moved).toBeCloseTo(straight ?? Number.NaN, 5)
        },
      ),
    )
  })

  test.each([
    [[0.5], [0.1, 0.2]],
    [[0.5, 0.6], [0.1]],
    [
      [0.5, 0.5],
      [0.1, 0.1],
    ],
  ])('is null for %j against %j', (genuine, impostor) => {
    expect(dPrime(genuine, impostor)).toBeNull()
  })
})

describe('bestAccuracy', () => {
  const pairs = fc.record({ genuine: someScores, impostor: someScores, failures: fc.nat(5) })

  test('chooses on the training pairs and applies to the test pairs', () => {
    const found = bestAccuracy(
      { genuine: [0.8, 0.7, 0.6, 0.3], impostor: [0.1, 0.2, 0.35, 0.4] },
      { genuine: [0.9, 0.45], impostor: [0.55, 0.1] },
    )
    expect(found.threshold).toBeCloseTo(0.5, 12)
    expect(found.train).toMatchObject({ errors: 1, trials: 8 })
    expect(found.test).toMatchObject({ errors: 2, trials: 4, rate: 0.5 })
  })

  test('no other threshold does better on the training pairs', () => {
    fc.assert(
      fc.property(pairs, score, (train, threshold) => {
        const found = bestAccuracy(train, train)
        expect(found.train.errors).toBeLessThanOrEqual(accuracyAt(train, threshold).errors)
        expect(found.test).toEqual(found.train)
      }),
    )
  })

  test('the test pairs have no say in the threshold', () => {
    fc.assert(
      fc.property(pairs, pairs, pairs, (train, one, other) => {
        expect(bestAccuracy(train, one).threshold).toBe(bestAccuracy(train, other).threshold)
      }),
    )
  })

  test('failures are wrong on either side', () => {
    const clean = { genuine: [0.9], impostor: [0.1] }
    const found = bestAccuracy(clean, { ...clean, failures: 2 })
    expect(found.train).toMatchObject({ errors: 0, trials: 2, rate: 1 })
    expect(found.test).toMatchObject({ errors: 2, trials: 4, rate: 0.5 })
  })

  test('when refusing everything is best, the threshold lies above every score', () => {
    const found = bestAccuracy({ genuine: [0.1], impostor: [0.5, 0.6] }, { genuine: [], impostor: [] })
    expect(found.threshold).toBeGreaterThan(0.6)
    expect(found.train).toMatchObject({ errors: 1, trials: 3 })
    expect(found.test.rate).toBeNull()
  })

  test('with genuine pairs alone everything is accepted', () => {
    expect(bestAccuracy({ genuine: [0.2, 0.4], impostor: [] }, { genuine: [0.3], impostor: [0.1] })).toMatchObject({
      threshold: 0.2,
      test: { errors: 0, trials: 2 },
    })
  })

  test('refuses to choose without training pairs', () => {
    expect(() => bestAccuracy({ genuine: [], impostor: [] }, { genuine: [0.1], impostor: [] })).toThrow(RangeError)
  })
})
