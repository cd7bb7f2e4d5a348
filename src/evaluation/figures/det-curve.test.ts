import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detCurve, detOfComparisons } from './det-curve.ts'
import { fnir, fpir } from './error-rates.ts'
import {
  bellScores,
  GOLDEN_MATED,
  GOLDEN_NON_MATED,
  mated,
  matedSearches,
  nonMated,
  nonMatedSearches,
  reordered,
} from './searches.fixture.ts'
import { fmr, fnmr } from './verification.ts'

describe('detCurve', () => {
  test('holds every distinct threshold of the worked example', () => {
    const curve = detCurve(GOLDEN_MATED, GOLDEN_NON_MATED)
    expect(curve.map((point) => point.threshold)).toEqual([0.2, 0.45, 0.55, 0.58, 0.59, 0.62, 0.7, 0.91])
    expect(curve.find((point) => point.threshold === 0.58)).toEqual({ threshold: 0.58, fnir: 2 / 5, fpir: 3 / 5 })
    expect(curve.at(-1)).toEqual({ threshold: 0.91, fnir: 4 / 5, fpir: 0 })
  })

  test('each point is the FNIR and FPIR of its threshold', () => {
    fc.assert(
      fc.property(matedSearches, nonMatedSearches, (known, unknown) => {
        for (const point of detCurve(known, unknown)) {
          expect(point.fnir).toBe(fnir(known, { threshold: point.threshold }).rate)
          expect(point.fpir).toBe(fpir(unknown, point.threshold).rate)
        }
      }),
    )
  })

  test('thresholds and FNIR ascend, FPIR descends', () => {
    fc.assert(
      fc.property(matedSearches, nonMatedSearches, (known, unknown) => {
        const curve = detCurve(known, unknown)
        for (const [index, point] of curve.slice(1).entries()) {
          expect(point.threshold).toBeGreaterThan(curve[index]?.threshold ?? Number.NaN)
          expect(point.fnir).toBeGreaterThanOrEqual(curve[index]?.fnir ?? Number.NaN)
          expect(point.fpir).toBeLessThanOrEqual(curve[index]?.fpir ?? Number.NaN)
        }
      }),
    )
  })

  test('the order of the searches does not matter', () => {
    fc.assert(
      fc.property(matedSearches, nonMatedSearches, (known, unknown) => {
        expect(detCurve(reordered(known), reordered(unknown))).toEqual(detCurve(known, unknown))
      }),
    )
  })

  test('thinning keeps both ends, at most the points asked, and none that was not there', () => {
    fc.assert(
      fc.property(matedSearches, nonMatedSearches, fc.integer({ min: 2, max: 20 }), (known, unknown, points) => {
        const [whole, thin] = [detCurve(known, unknown), detCurve(known, unknown, { points })]
        expect(thin.length).toBeLessThanOrEqual(points)
        expect(thin[0]).toEqual(whole[0])
        expect(thin.at(-1)).toEqual(whole.at(-1))
        for (const point of thin) expect(whole).toContainEqual(point)
      }),
    )
  })

  test('failures and lists without the mate weigh on every point', () => {
    const known = [mated('A', 1, 0.5), mated('B', null, null), mated('C', 1, 0.9, { failed: true })]
    expect(detCurve(known, [nonMated('N', [0.1])])[0]).toEqual({ threshold: 0.1, fnir: 2 / 3, fpir: 1 })
  })

  test('one kind of search alone makes no curve', () => {
    expect(detCurve(GOLDEN_MATED, [])).toEqual([])
    expect(detCurve([], GOLDEN_NON_MATED)).toEqual([])
  })

  test('empty lists all round make no points', () => {
    expect(detCurve([mated('A', null, null)], [nonMated('N', [])])).toEqual([])
  })
})

describe('detOfComparisons', () => {
  const genuine = bellScores(20_000, 0.6, 0.1, 5)
  const impostor = bellScores(300_000, 0, 0.1, 6)

  test('each point is the FNMR and FMR of its threshold', () => {
    for (const point of detOfComparisons(genuine.slice(0, 500), impostor.slice(0, 3_000), { points: 40 })) {
      expect(point.fnmr).toBe(fnmr(genuine.slice(0, 500), point.threshold).rate)
      expect(point.fmr).toBe(fmr(impostor.slice(0, 3_000), point.threshold).rate)
    }
  })

  test('of many comparisons the points reach into both rare ends', () => {
    const curve = detOfComparisons(genuine, impostor)
    expect(curve.length).toBeGreaterThan(100)
    expect(curve.length).toBeLessThanOrEqual(200)
    const smallest = (rates: readonly number[]) => Math.min(...rates.filter((rate) => rate > 0))
    expect(smallest(curve.map((point) => point.fmr))).toBeLessThan(1e-5)
    expect(smallest(curve.map((point) => point.fnmr))).toBeLessThan(2e-4)
  })

  test('on log axes no two neighbours lie far apart', () => {
    const curve = detOfComparisons(genuine, impostor).filter((point) => point.fmr > 1e-4 && point.fnmr > 1e-3)
    expect(curve.length).toBeGreaterThan(20)
    for (const [index, point] of curve.slice(1).entries()) {
      const before = curve[index] ?? point
      expect(before.fmr / point.fmr).toBeLessThan(2)
      expect(point.fnmr / before.fnmr).toBeLessThan(2)
    }
  })

  test('without genuine or impostor comparisons there is no curve', () => {
    expect(detOfComparisons([], [0.1])).toEqual([])
    expect(detOfComparisons([0.1], [])).toEqual([])
  })
})
