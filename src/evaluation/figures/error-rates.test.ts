import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cmc,
  complement,
  failureToExtract,
  fnir,
  fpir,
  isMiss,
  NO_THRESHOLD,
  rateOf,
  selectivity,
  tpir,
} from './error-rates.ts'
import {
  GOLDEN_MATED,
  GOLDEN_NON_MATED,
  inOrder,
  LIST_LENGTH,
  mated,
  matedSearches,
  nonMated,
  nonMatedSearches,
  rank,
  reordered,
  score,
} from './searches.fixture.ts'

describe('the worked example of the domain reference', () => {
  test.each([
    [1, 0, 3],
    [3, 0, 1],
    [3, 0.57, 2],
    [3, 0.6, 3],
  ])('FNIR(R = %i, T = %f) is %i of 5', (atRank, threshold, errors) => {
    expect(fnir(GOLDEN_MATED, { rank: atRank, threshold })).toMatchObject({ errors, trials: 5, rate: errors / 5 })
  })

  test.each([
    [0.57, 3, 6],
    [0.6, 1, 1],
  ])('at T = %f FPIR is %i of 5 and SEL %i of 5', (threshold, listed, candidates) => {
    expect(fpir(GOLDEN_NON_MATED, threshold)).toMatchObject({ errors: listed, trials: 5, rate: listed / 5 })
    expect(selectivity(GOLDEN_NON_MATED, threshold)).toMatchObject({
      errors: candidates,
      trials: 5,
      rate: candidates / 5,
    })
  })

  test('CMC is 2/5, 3/5, 4/5', () => {
    expect(cmc(GOLDEN_MATED, [1, 2, 3]).map((point) => [point.rank, point.rate])).toEqual([
      [1, 2 / 5],
      [2, 3 / 5],
      [3, 4 / 5],
    ])
  })

  test('TPIR is the rest', () => {
    expect(tpir(GOLDEN_MATED, { rank: 3, threshold: 0.57 })).toMatchObject({ errors: 2, trials: 5, rate: 3 / 5 })
  })
})

describe('failures', () => {
  test('on a mated probe are a miss at any rank and threshold', () => {
    const failed = mated('A', 1, 0.9, { failed: true })
    expect(isMiss(failed)).toBe(true)
    expect(fnir([failed, mated('B', 1, 0.1)])).toMatchObject({ errors: 1, trials: 2 })
  })

  test('on a non-mated probe are an empty list', () => {
    const failed = nonMated('N', [0.9, 0.8], { failed: true })
    expect(fpir([failed, nonMated('M', [0.9])])).toMatchObject({ errors: 1, trials: 2 })
    expect(selectivity([failed, nonMated('M', [0.9])])).toMatchObject({ errors: 1, trials: 2 })
  })

  test('are counted of both kinds of probe', () => {
    const probes = [mated('A', 1, 0.9), mated('B', null, null, { failed: true }), nonMated('N', [], { failed: true })]
    expect(failureToExtract(probes)).toMatchObject({ errors: 2, trials: 3, rate: 2 / 3 })
  })
})

describe('a threshold', () => {
  test('is reached by an equal score', () => {
    expect(fnir([mated('A', 1, 0.5)], { threshold: 0.5 }).errors).toBe(0)
    expect(fpir([nonMated('N', [0.5])], 0.5).errors).toBe(1)
  })

  test('when none is given, negative cosines count too', () => {
    expect(NO_THRESHOLD).toBe(Number.NEGATIVE_INFINITY)
    expect(fnir([mated('A', 1, -0.4)]).errors).toBe(0)
    expect(fpir([nonMated('N', [-0.4])]).errors).toBe(1)
  })

  test('a mate whose score is not a number is a miss', () => {
    expect(isMiss(mated('A', 1, Number.NaN))).toBe(true)
  })
})

describe('order', () => {
  test('FNIR never falls and FPIR and SEL never rise with the threshold', () => {
    fc.assert(
      fc.property(matedSearches, nonMatedSearches, score, score, (known, unknown, one, other) => {
        const [low, high] = inOrder(one, other)
        expect(fnir(known, { threshold: high }).errors).toBeGreaterThanOrEqual(fnir(known, { threshold: low }).errors)
        expect(fpir(unknown, high).errors).toBeLessThanOrEqual(fpir(unknown, low).errors)
        expect(selectivity(unknown, high).errors).toBeLessThanOrEqual(selectivity(unknown, low).errors)
      }),
    )
  })

  test('FNIR never rises with the rank, and CMC never falls', () => {
    fc.assert(
      fc.property(matedSearches, rank, rank, score, (known, one, other, threshold) => {
        const [low, high] = inOrder(one, other)
        const [first, later] = [fnir(known, { rank: low, threshold }), fnir(known, { rank: high, threshold })]
        expect(later.errors).toBeLessThanOrEqual(first.errors)
        const [near, far] = cmc(known, [low, high])
        expect(far?.errors).toBeLessThanOrEqual(near?.errors ?? 0)
      }),
    )
  })

  test('no reading misses fewer than the whole list without a threshold', () => {
    fc.assert(
      fc.property(matedSearches, rank, score, (known, atRank, threshold) => {
        const whole = fnir(known, { rank: LIST_LENGTH })
        expect(fnir(known, { rank: atRank, threshold }).errors).toBeGreaterThanOrEqual(whole.errors)
        expect(fnir(known)).toEqual(whole)
      }),
    )
  })

  test('SEL is at least FPIR and at most the list length', () => {
    fc.assert(
      fc.property(nonMatedSearches, score, (unknown, threshold) => {
        fc.pre(unknown.length > 0)
        const mean = selectivity(unknown, threshold).rate ?? Number.NaN
        expect(mean).toBeGreaterThanOrEqual(fpir(unknown, threshold).rate ?? Number.NaN)
        expect(mean).toBeLessThanOrEqual(LIST_LENGTH)
      }),
    )
  })

  test('of the searches does not matter', () => {
    fc.assert(
      fc.property(matedSearches, nonMatedSearches, rank, score, (known, unknown, atRank, threshold) => {
        const reading = { rank: atRank, threshold }
        expect(fnir(reordered(known), reading)).toEqual(fnir(known, reading))
        expect(fpir(reordered(unknown), threshold)).toEqual(fpir(unknown, threshold))
        const [turned, straight] = [selectivity(reordered(unknown), threshold), selectivity(unknown, threshold)]
        expect(turned.errors).toBe(straight.errors)
        expect(turned.high).toBeCloseTo(straight.high, 9)
      }),
    )
  })
})

describe('rateOf and complement', () => {
  const counted = fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 300 }))

  test('an interval contains its rate, the complement too', () => {
    fc.assert(
      fc.property(counted, ([errors, trials]) => {
        const rate = rateOf(Math.min(errors, trials), trials)
        for (const one of [rate, complement(rate)]) {
          expect(one.rate).toBeGreaterThanOrEqual(one.low - 1e-15)
          expect(one.rate).toBeLessThanOrEqual(one.high + 1e-15)
        }
      }),
    )
  })

  test('a complement keeps errors and trials, and adds up to 1', () => {
    fc.assert(
      fc.property(counted, ([errors, trials]) => {
        const rate = rateOf(Math.min(errors, trials), trials)
        const rest = complement(rate)
        expect(rest).toMatchObject({ errors: rate.errors, trials })
        expect((rest.rate ?? 0) + (rate.rate ?? 0)).toBeCloseTo(1, 12)
        expect(rest.low + rate.high).toBeCloseTo(1, 12)
      }),
    )
  })

  test('without trials there is no rate and the interval is all there is', () => {
    const nothing = { errors: 0, trials: 0, rate: null, low: 0, high: 1 }
    expect(fnir([])).toEqual(nothing)
    expect(tpir([])).toEqual(nothing)
    expect(fpir([])).toEqual(nothing)
    expect(failureToExtract([])).toEqual(nothing)
    expect(selectivity([]).rate).toBeNull()
    expect(cmc([], [1])).toEqual([{ rank: 1, ...nothing }])
  })
})

describe('selectivity interval', () => {
  test('contains the mean', () => {
    fc.assert(
      fc.property(nonMatedSearches, score, (unknown, threshold) => {
        fc.pre(unknown.length > 0)
        const { rate, low, high } = selectivity(unknown, threshold)
        expect(low).toBeLessThanOrEqual(rate ?? Number.NaN)
        expect(high).toBeGreaterThanOrEqual(rate ?? Number.NaN)
      }),
    )
  })

  test('candidates of one person say less than as many of many people', () => {
    const lists = Array.from({ length: 40 }, (_, index) => ({ probe: `n${index}`, listed: index < 20 }))
    const searches = (subjectOf: (index: number) => string) =>
      lists.map(({ probe, listed }, index) => nonMated(probe, listed ? [0.9] : [], { subject: subjectOf(index) }))
    const people = selectivity(searches((index) => `p${index}`))
    const one = selectivity(searches((index) => (index < 20 ? 'ada' : `p${index}`)))
    expect(one.rate).toBe(people.rate)
    expect(one.high).toBeGreaterThan(people.high)
  })
})
