import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { correlation, errorVersusDiscard, qualityTrials, rankCorrelation } from './discard.ts'
import { fnir } from './error-rates.ts'
import { mated, matedSearches, reordered, score } from './searches.fixture.ts'

const trial = fc.record({
  score: fc.option(score),
  quality: fc.option(fc.integer({ min: 0, max: 10 })),
})
const trials = fc.array(trial, { maxLength: 60 })
const fraction = fc.double({ min: 0, max: 0.999, noNaN: true })

describe('errorVersusDiscard', () => {
  const ten = Array.from({ length: 10 }, (_, index) => ({ score: index < 3 ? 0.1 : 0.9, quality: index }))

  test('leaves out the lowest quality first', () => {
    const curve = errorVersusDiscard(ten, 0.5, [0, 0.1, 0.3, 0.5])
    expect(curve.map((point) => [point.discarded, point.leastQuality, point.rate.errors, point.rate.trials])).toEqual([
      [0, 0, 3, 10],
      [0.1, 1, 2, 9],
      [0.3, 3, 0, 7],
      [0.5, 5, 0, 5],
    ])
  })

  test('a quality that runs the wrong way makes the rate rise', () => {
    const turned = ten.map(({ score: similarity, quality }) => ({ score: similarity, quality: -quality }))
    expect(errorVersusDiscard(turned, 0.5, [0.5])[0]?.rate.rate).toBe(3 / 5)
  })

  test('nothing discarded is the plain rate over all trials', () => {
    fc.assert(
      fc.property(trials, score, (given, threshold) => {
        const [point] = errorVersusDiscard(given, threshold, [0])
        const errors = given.filter((one) => one.score === null || one.score < threshold).length
        expect(point?.rate).toMatchObject({ errors, trials: given.length })
      }),
    )
  })

  test('what could not be measured goes first', () => {
    const [point] = errorVersusDiscard([...ten, { score: null, quality: null }], 0.5, [0.1])
    expect(point).toMatchObject({ leastQuality: 0, rate: { errors: 3, trials: 10 } })
  })

  test('equal quality goes or stays together', () => {
    const level = [1, 2, 2, 2, 3].map((quality) => ({ score: 0.9, quality }))
    const curve = errorVersusDiscard(level, 0.5, [0.2, 0.4, 0.6, 0.8])
    expect(curve.map((point) => point.rate.trials)).toEqual([4, 4, 4, 1])
  })

  test('never discards more than asked, and more when more is asked', () => {
    fc.assert(
      fc.property(trials, fraction, fraction, (given, one, other) => {
        const asked = [one, other].sort((low, high) => low - high)
        const [less, more] = errorVersusDiscard(given, 0, asked)
        expect(less?.discarded).toBeLessThanOrEqual((asked[0] ?? 0) + 1e-9)
        expect(more?.discarded).toBeGreaterThanOrEqual(less?.discarded ?? 1)
        expect(more?.rate.errors).toBeLessThanOrEqual(less?.rate.errors ?? 0)
      }),
    )
  })

  test('the order of the trials does not matter, equal quality or not', () => {
    fc.assert(
      fc.property(trials, fraction, (given, asked) => {
        expect(errorVersusDiscard(reordered(given), 0.2, [asked])).toEqual(errorVersusDiscard(given, 0.2, [asked]))
      }),
    )
  })

  test('all that is kept has the least quality named, or more', () => {
    fc.assert(
      fc.property(trials, fraction, (given, asked) => {
        const [point] = errorVersusDiscard(given, 0, [asked])
        const least = point?.leastQuality ?? null
        const kept = given.filter((one) => least === null || (one.quality !== null && one.quality >= least))
        expect(kept).toHaveLength(point?.rate.trials ?? -1)
      }),
    )
  })

  test('without trials there is no rate', () => {
    expect(errorVersusDiscard([], 0.5, [0.5])[0]).toMatchObject({
      discarded: 0,
      leastQuality: null,
      rate: { trials: 0, rate: null },
    })
  })

  test.each([-0.1, 1, Number.NaN])('refuses to discard the share %f', (asked) => {
    expect(() => errorVersusDiscard(ten, 0.5, [asked])).toThrow(RangeError)
  })
})

describe('qualityTrials', () => {
  test('counts what FNIR counts over the whole list', () => {
    fc.assert(
      fc.property(matedSearches, score, (searches, threshold) => {
        const [point] = errorVersusDiscard(
          qualityTrials(searches, () => 50),
          threshold,
          [0],
        )
        expect(point?.rate).toEqual(fnir(searches, { threshold }))
      }),
    )
  })

  test('asks for the quality by probe', () => {
    const found = qualityTrials([mated('a', 1, 0.5), mated('b', null, null)], (probe) => (probe === 'a' ? 70 : null))
    expect(found).toEqual([
      { score: 0.5, quality: 70 },
      { score: null, quality: null },
    ])
  })
})

describe('correlation', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 40 })

  test.each([
    [[1, 2, 3], [2, 4, 6], 1],
    [[1, 2, 3], [6, 4, 2], -1],
    [[1, 2, 3, 4], [1, -1, -1, 1], 0],
    [[1, 2, 3], [1, 3, 2], 0.5],
  ])('of %j and %j is %f', (one, other, expected) => {
    expect(correlation(one, other)).toBeCloseTo(expected, 12)
  })

  test('lies between -1 and 1 and is the same both ways', () => {
    const pairs = fc.array(fc.tuple(score, score), { minLength: 2, maxLength: 40 })
    fc.assert(
      fc.property(pairs, (both) => {
        const [one, other] = [both.map(([x]) => x), both.map(([, y]) => y)]
        const value = correlation(one, other)
        fc.pre(value !== null)
        expect(Math.abs(value ?? 2)).toBeLessThanOrEqual(1)
        expect(correlation(other, one)).toBeCloseTo(value ?? Number.NaN, 12)
      }),
    )
  })

  test('of ranks sees any rising curve as 1 and any falling one as -1', () => {
    fc.assert(
      fc.property(values, (one) => {
        fc.pre(new Set(one).size > 1)
        const risen = one.map((value) => Math.exp(value / 10))
        expect(rankCorrelation(one, risen)).toBeCloseTo(1, 9)
        expect(
          rankCorrelation(
            one,
            risen.map((value) => -value),
          ),
        ).toBeCloseTo(-1, 9)
      }),
    )
  })

  test('equal values share their mean place', () => {
    // Places 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 x 5).
    expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12)
  })

  test.each([
    [[], []],
    [[1], [2]],
    [
      [3, 3, 3],
      [1, 2, 3],
    ],
    [
      [0.1, 0.1, 0.1],
      [0.3, 0.2, 0.1],
    ],
  ])('of %j and %j is not defined', (one, other) => {
    expect(correlation(one, other)).toBeNull()
    expect(rankCorrelation(one, other)).toBeNull()
  })

  test('refuses sides of different length', () => {
    expect(() => correlation([1, 2], [1])).toThrow(RangeError)
  })
})
