import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rateOf } from './error-rates.ts'
import { fairnessDiscrepancyRate, gini, type RatedGroup, spreadOf } from './group-spread.ts'
import { reordered } from './searches.fixture.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const shares = fc.array(share, { minLength: 2, maxLength: 12 })

function rated(group: string, errors: number, trials: number): RatedGroup {
  const { rate, low, high } = rateOf(errors, trials)
  return { group, rate: rate ?? 0, low, high }
}

const ratedGroups = fc
  .array(fc.tuple(fc.nat(50), fc.integer({ min: 50, max: 500 })), { minLength: 2, maxLength: 8 })
  .map((counts) => counts.map(([errors, trials], index) => rated(`g${index}`, errors, trials)))

describe('gini', () => {
  test.each([
    ['equal rates', [0.2, 0.2, 0.2], 0],
    ['one group bears all', [0, 0, 0.3], 1],
    ['no errors at all', [0, 0], 0],
    // 4/3 x (2 x (.1 + .2 + .3 + .1 + .2 + .1)) / (2 x 16 x .25) = 1/3
    ['1 to 4', [0.1, 0.2, 0.3, 0.4], 1 / 3],
    // 2 x (2 x .1) / (2 x 4 x .15) = 1/3
    ['twice as much', [0.1, 0.2], 1 / 3],
  ])('%s', (_, rates, expected) => {
    expect(gini(rates)).toBeCloseTo(expected, 12)
  })

  test('lies between 0 and 1', () => {
    fc.assert(
      fc.property(shares, (rates) => {
        const value = gini(rates)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('depends neither on the order nor on the scale', () => {
    const tenths = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(tenths, fc.integer({ min: 1, max: 100 }), (rates, factor) => {
        const value = gini(rates) ?? Number.NaN
        expect(gini(reordered(rates))).toBeCloseTo(value, 12)
        expect(gini(rates.map((rate) => rate * factor))).toBeCloseTo(value, 12)
      }),
    )
  })

  test.each([[[]], [[0.5]]])('of %j is not defined', (rates) => {
    expect(gini(rates)).toBeNull()
  })
})

describe('fairnessDiscrepancyRate', () => {
  test('weighs both differences by half', () => {
    expect(fairnessDiscrepancyRate([0.01, 0.05], [0.1, 0.3, 0.2])).toBeCloseTo(1 - (0.5 * 0.04 + 0.5 * 0.2), 12)
  })

  test('alpha moves the weight', () => {
    expect(fairnessDiscrepancyRate([0, 0.4], [0.1, 0.1], 1)).toBeCloseTo(0.6, 12)
    expect(fairnessDiscrepancyRate([0, 0.4], [0.1, 0.1], 0)).toBe(1)
  })

  test('lies between 0 and 1, 1 for equal groups, in any order', () => {
    fc.assert(
      fc.property(shares, shares, share, (positives, negatives, alpha) => {
        const value = fairnessDiscrepancyRate(positives, negatives, alpha)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
        expect(fairnessDiscrepancyRate(reordered(positives), reordered(negatives), alpha)).toBe(value)
        expect(fairnessDiscrepancyRate([0.3, 0.3], [0.1, 0.1], alpha)).toBe(1)
      }),
    )
  })

  test('needs two groups on either side', () => {
    expect(fairnessDiscrepancyRate([0.1], [0.1, 0.2])).toBeNull()
    expect(fairnessDiscrepancyRate([0.1, 0.2], [])).toBeNull()
  })
})

describe('spreadOf', () => {
  test('names the worst and the best and compares them', () => {
    const spread = spreadOf([rated('b', 20, 1_000), rated('a', 5, 1_000), rated('c', 10, 1_000)])
    expect(spread).toMatchObject({ groups: 3, worst: 'b', best: 'a' })
    expect(spread?.maxMin.value).toBeCloseTo(4, 12)
    expect(spread?.maxGeoMean.value).toBeCloseTo(20 / Math.cbrt(5 * 10 * 20), 12)
    expect(spread?.maxMinusMin).toBeCloseTo(0.015, 12)
    // 3/2 x (2 x (.005 + .010 + .015)) / (2 x 9 x .035 / 3) = 3/7
    expect(spread?.gini).toBeCloseTo(3 / 7, 12)
  })

  test('a lowest rate of 0 leaves no ratio, but a bound by the intervals', () => {
    const [none, many] = [rated('a', 0, 100), rated('b', 50, 100)]
    const spread = spreadOf([none, many])
    expect(spread?.maxMin.value).toBeNull()
    expect(spread?.maxMin.low).toBeCloseTo(many.low / none.high, 12)
    expect(spread?.maxMin.high).toBeNull()
    expect(spread?.maxMin.note).toContain('lowest rate is 0, so the ratio is undefined')
    expect(spread?.maxMin.note).toContain('at least 10.9')
    expect(spread?.maxGeoMean.value).toBeNull()
    expect(spread?.maxGeoMean.note).toContain('geometric mean 0')
  })

  test('groups without any error are as equal as can be told', () => {
    const spread = spreadOf([rated('a', 0, 40), rated('b', 0, 90)])
    expect(spread).toMatchObject({ maxMinusMin: 0, gini: 0 })
    expect(spread?.maxMin).toMatchObject({ value: null, low: 1, high: null })
  })

  test('ratios are at least 1 and lie within their bounds', () => {
    fc.assert(
      fc.property(ratedGroups, (groups) => {
        const spread = spreadOf(groups)
        for (const ratio of [spread?.maxMin, spread?.maxGeoMean]) {
          expect(ratio?.low).toBeGreaterThanOrEqual(1)
          if (ratio?.value === null) expect(ratio.note).not.toBeNull()
          else {
            expect(ratio?.note).toBeNull()
            expect(ratio?.value).toBeGreaterThanOrEqual((ratio?.low ?? 0) - 1e-12)
            expect(ratio?.value).toBeLessThanOrEqual((ratio?.high ?? Number.POSITIVE_INFINITY) + 1e-12)
          }
        }
      }),
    )
  })

  test('Max/GeoMean never exceeds Max/Min', () => {
    fc.assert(
      fc.property(ratedGroups, (groups) => {
        const spread = spreadOf(groups)
        const [widest, mean] = [spread?.maxMin.value, spread?.maxGeoMean.value]
        fc.pre(typeof widest === 'number' && typeof mean === 'number')
        expect(mean).toBeLessThanOrEqual((widest ?? 0) + 1e-9)
      }),
    )
  })

  test('the order of the groups does not matter', () => {
    fc.assert(
      fc.property(ratedGroups, (groups) => {
        expect(spreadOf(reordered(groups))).toEqual(spreadOf(groups))
      }),
    )
  })

  test('one group alone has no spread', () => {
    expect(spreadOf([rated('a', 1, 10)])).toBeNull()
    expect(spreadOf([])).toBeNull()
  })
})
