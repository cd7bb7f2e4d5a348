import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fnir, fpir } from './error-rates.ts'
import {
  GOLDEN_MATED,
  GOLDEN_NON_MATED,
  inOrder,
  matedSearches,
  nonMated,
  nonMatedSearches,
  reordered,
} from './searches.fixture.ts'
import { fmrOfFpir, fnirAtFpir, fpirOfFmr, rescaledFpir, thresholdForFpir } from './threshold.ts'

const target = fc.double({ min: 0.001, max: 0.999, noNaN: true })
const people = fc.integer({ min: 1, max: 5_000_000 })
const searches = (count: number) =>
  Array.from({ length: count }, (_, index) => nonMated(`n${index}`, [(index + 1) / (count + 1)]))

describe('fpirOfFmr', () => {
  test('is 1 - (1 - FMR)^N', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.5, noNaN: true }), fc.integer({ min: 1, max: 50 }), (fmr, enrolled) => {
        expect(fpirOfFmr(fmr, enrolled)).toBeCloseTo(1 - (1 - fmr) ** enrolled, 10)
      }),
    )
  })

  test('keeps its digits where 1 - FMR would lose them', () => {
    expect(fpirOfFmr(1e-17, 1_000_000)).toBeCloseTo(1e-11, 20)
  })

  test('and fmrOfFpir undo each other', () => {
    fc.assert(
      fc.property(target, people, (rate, enrolled) => {
        expect(fpirOfFmr(fmrOfFpir(rate, enrolled), enrolled)).toBeCloseTo(rate, 9)
      }),
    )
  })

  test('never falls with the gallery', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), people, people, (fmr, one, other) => {
        const [small, large] = inOrder(one, other)
        expect(fpirOfFmr(fmr, large)).toBeGreaterThanOrEqual(fpirOfFmr(fmr, small))
      }),
    )
  })
})

describe('rescaledFpir', () => {
  test('leaves a rate at the same size untouched', () => {
    expect(rescaledFpir(0.123456789, 4_000, 4_000)).toBe(0.123456789)
  })

  test('doubling the gallery is two independent galleries', () => {
    expect(rescaledFpir(0.1, 1_000, 2_000)).toBeCloseTo(1 - 0.9 * 0.9, 12)
  })

  test('goes there and back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        people,
        fc.integer({ min: 1, max: 20 }),
        (rate, from, times) => {
          expect(rescaledFpir(rescaledFpir(rate, from, from * times), from * times, from)).toBeCloseTo(rate, 6)
        },
      ),
    )
  })

  test('0 and 1 stay what they are', () => {
    expect(rescaledFpir(0, 10, 1_000)).toBe(0)
    expect(rescaledFpir(1, 10, 1_000)).toBe(1)
  })
})

describe('thresholdForFpir', () => {
  test('in the measured gallery it is measured, not extrapolated', () => {
    const found = thresholdForFpir(searches(1_000), 0.05, { enrolled: 4_000 })
    expect(found.threshold).toBeCloseTo(950 / 1_001, 9)
    expect(found.measured).toMatchObject({ errors: 50, trials: 1_000, rate: 0.05 })
    expect(found).toMatchObject({ measuredAt: 4_000, forEnrolled: 4_000, extrapolated: false, carried: true })
    expect(found.expected).toEqual({ fpir: 0.05, low: found.measured.low, high: found.measured.high })
    expect(found.ruleOfThirty).toBe(true)
    expect(found.sentence).toBe('At 0.9491, 50 of 1000 non-mated searches brought a candidate in a gallery of 4000.')
  })

  test('keeps the target, and one lower score would not', () => {
    fc.assert(
      fc.property(nonMatedSearches, target, (unknown, rate) => {
        const found = thresholdForFpir(unknown, rate, { enrolled: 100 })
        fc.pre(found.threshold !== null)
        const threshold = found.threshold ?? 0
        expect(fpir(unknown, threshold).rate).toBeLessThanOrEqual(rate + 1e-9)
        const lower = unknown.flatMap((search) => search.scores.slice(0, 1)).filter((one) => one < threshold)
        for (const one of lower) expect(fpir(unknown, one).rate).toBeGreaterThan(rate)
      }),
    )
  })

  test('never falls when the target is stricter or the gallery larger', () => {
    fc.assert(
      fc.property(nonMatedSearches, target, target, people, people, (unknown, one, other, here, there) => {
        const [strict, lax] = inOrder(one, other)
        const [small, large] = inOrder(here, there)
        const at = (rate: number, forEnrolled: number) =>
          thresholdForFpir(unknown, rate, { enrolled: 1_000, forEnrolled }).threshold ?? 0
        expect(at(strict, small)).toBeGreaterThanOrEqual(at(lax, small))
        expect(at(lax, large)).toBeGreaterThanOrEqual(at(lax, small))
      }),
    )
  })

  test('for a larger gallery it is marked as extrapolated and says so', () => {
    const found = thresholdForFpir(searches(2_000), 0.1, { enrolled: 1_000, forEnrolled: 5_000 })
    expect(found.extrapolated).toBe(true)
    expect(found.measured.errors).toBe(Math.floor(2_000 * (1 - 0.9 ** (1 / 5))))
    expect(found.expected.fpir).toBeLessThanOrEqual(0.1)
    expect(found.expected.fpir).toBeGreaterThan(0.09)
    expect(found.expected.low).toBeLessThan(found.expected.fpir ?? 0)
    expect(found.expected.high).toBeGreaterThan(found.expected.fpir ?? 1)
    expect(found.sentence).toContain('For a gallery of 5000 the FPIR is extrapolated, not measured: about 0.0')
    expect(found.sentence).toContain('if comparisons are independent')
  })

  test('where the searches end it is a bound, and no rate is claimed', () => {
    const found = thresholdForFpir(searches(200), 0.01, { enrolled: 1_000, forEnrolled: 1_000_000 })
    expect(found.carried).toBe(false)
    expect(found.measured).toMatchObject({ errors: 0, trials: 200 })
    expect(found.threshold).toBeGreaterThan(200 / 201)
    expect(found.expected.high).toBeCloseTo(1, 6)
    expect(found.sentence).toContain('too few for a target of 0.01')
    expect(found.sentence).toContain('at most 1')
    expect(found.sentence).not.toContain('about')
  })

  test('fewer than thirty errors are named', () => {
    const found = thresholdForFpir(searches(100), 0.1, { enrolled: 50 })
    expect(found).toMatchObject({ carried: true, ruleOfThirty: false })
    expect(found.sentence).toContain('fewer than 30 errors')
  })

  test('a larger gallery raises what is expected at the same threshold', () => {
    const expectedAt = (forEnrolled: number) => rescaledFpir(0.02, 1_000, forEnrolled)
    expect(expectedAt(10_000)).toBeGreaterThan(expectedAt(1_000))
    expect(expectedAt(500)).toBeLessThan(expectedAt(1_000))
  })

  test.each([
    ['no search', []],
    ['no list with a candidate', [nonMated('N', []), nonMated('M', [0.9], { failed: true })]],
  ])('with %s no threshold is stated', (_, unknown) => {
    const found = thresholdForFpir(unknown, 0.1, { enrolled: 10 })
    expect(found).toMatchObject({ threshold: null, carried: false, ruleOfThirty: false })
    expect(found.measured).toMatchObject({ errors: 0, trials: unknown.length })
    expect(found.sentence).toContain('no threshold can be stated')
  })

  test('the order of the searches does not matter', () => {
    fc.assert(
      fc.property(nonMatedSearches, target, (unknown, rate) => {
        const options = { enrolled: 100, forEnrolled: 300 }
        expect(thresholdForFpir(reordered(unknown), rate, options)).toEqual(thresholdForFpir(unknown, rate, options))
      }),
    )
  })

  test.each([0, 1, -0.1, Number.NaN])('refuses the target %f', (rate) => {
    expect(() => thresholdForFpir(GOLDEN_NON_MATED, rate, { enrolled: 10 })).toThrow(RangeError)
  })

  test.each([{ enrolled: 0 }, { enrolled: 10, forEnrolled: 0 }, { enrolled: Number.NaN }])(
    'refuses the gallery %j',
    (options) => {
      expect(() => thresholdForFpir(GOLDEN_NON_MATED, 0.1, options)).toThrow(RangeError)
    },
  )
})

describe('fnirAtFpir', () => {
  test('of the worked example, one list in five allowed', () => {
    const found = fnirAtFpir(GOLDEN_MATED, GOLDEN_NON_MATED, 0.2)
    expect(found.threshold).toBeCloseTo(0.59, 12)
    expect(found.fpir).toMatchObject({ errors: 1, trials: 5 })
    expect(found.fnir).toMatchObject({ errors: 3, trials: 5 })
    expect(found.carried).toBe(true)
  })

  test('says when the target allows no error at all', () => {
    const found = fnirAtFpir(GOLDEN_MATED, GOLDEN_NON_MATED, 0.1)
    expect(found.carried).toBe(false)
    expect(found.fpir.errors).toBe(0)
    expect(found.fnir).toMatchObject({ errors: 4, trials: 5 })
  })

  test('never falls when the target is stricter, and is never under the whole list', () => {
    fc.assert(
      fc.property(matedSearches, nonMatedSearches, target, target, (known, unknown, one, other) => {
        fc.pre(unknown.length > 0)
        const [strict, lax] = inOrder(one, other)
        const [tight, wide] = [fnirAtFpir(known, unknown, strict), fnirAtFpir(known, unknown, lax)]
        expect(tight.fnir.errors).toBeGreaterThanOrEqual(wide.fnir.errors)
        expect(wide.fnir.errors).toBeGreaterThanOrEqual(fnir(known).errors)
      }),
    )
  })

  test('when no non-mated list has a candidate, every listed mate counts', () => {
    const found = fnirAtFpir(GOLDEN_MATED, [nonMated('N', [])], 0.1)
    expect(found.threshold).toBeNull()
    expect(found.fnir).toEqual(fnir(GOLDEN_MATED))
  })

  test('without non-mated searches nothing is stated', () => {
    expect(fnirAtFpir(GOLDEN_MATED, [], 0.1).fnir.rate).toBeNull()
  })
})
