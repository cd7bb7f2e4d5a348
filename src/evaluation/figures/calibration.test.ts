import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Calibration, calibrate, expectedInnocents } from './calibration.ts'
import { bellScores, inOrder, reordered, score } from './searches.fixture.ts'
import { sortScores } from './sorted-scores.ts'
import { fmr } from './verification.ts'

const impostors = bellScores(300_000, 0, 0.1, 12)
const calibration = calibrate(impostors)
const anyScore = fc.double({ min: -1, max: 1, noNaN: true })
const enrolled = fc.integer({ min: 0, max: 10_000_000 })

const LADDER: Calibration = {
  points: [
    { score: 0.2, fmr: 1e-2, low: 0.9e-2, high: 1.1e-2 },
    { score: 0.3, fmr: 1e-4, low: 0.5e-4, high: 2e-4 },
  ],
  impostorComparisons: 300_000,
  floor: 1e-4,
}

describe('calibrate', () => {
  test('states the FMR that its scores have', () => {
    const sorted = sortScores(impostors)
    for (const point of calibration.points) {
      expect(point.fmr).toBe(fmr(sorted, point.score).rate)
      expect(point.low).toBeLessThan(point.fmr)
      expect(point.high).toBeGreaterThan(point.fmr)
    }
  })

  test('goes by 1, 2 and 5 down to the floor of thirty errors', () => {
    expect(calibration.floor).toBe(1e-4)
    expect(calibration.impostorComparisons).toBe(300_000)
    expect(calibration.points.map((point) => point.fmr)).toEqual([
      0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001,
    ])
  })

  test('scores ascend and FMRs descend, and none lies under the floor', () => {
    const many = fc.array(score, { maxLength: 400 })
    fc.assert(
      fc.property(many, (scores) => {
        const { points, floor } = calibrate(scores)
        for (const [index, point] of points.entries()) {
          const before = points[index - 1]
          expect(point.score).toBeGreaterThan(before?.score ?? -2)
          expect(point.fmr).toBeLessThan(before?.fmr ?? 2)
          expect(point.fmr).toBeGreaterThanOrEqual(floor)
        }
      }),
    )
  })

  test('takes the FMRs wanted and adds the floor', () => {
    const { points } = calibrate(impostors, { points: [1e-2, 1e-3, 1e-6] })
    expect(points.map((point) => point.fmr)).toEqual([1e-2, 1e-3, 1e-4])
  })

  test('the order of the scores does not matter, nor that they are sorted already', () => {
    const scores = [...impostors.slice(0, 2_000)]
    expect(calibrate(reordered(scores))).toEqual(calibrate(scores))
    expect(calibrate(sortScores(scores))).toEqual(calibrate(scores))
  })

  test('fewer than thirty comparisons state nothing', () => {
    expect(calibrate(impostors.slice(0, 29))).toEqual({ points: [], impostorComparisons: 29, floor: 1 })
    expect(calibrate([])).toEqual({ points: [], impostorComparisons: 0, floor: 1 })
  })

  test('equal scores are not split: one value alone has no point', () => {
    expect(calibrate(new Array<number>(1_000).fill(0.3)).points).toEqual([])
  })

  test.each([0, -1, 1.5, Number.NaN])('refuses the wanted FMR %f', (wanted) => {
    expect(() => calibrate(impostors, { points: [wanted] })).toThrow(RangeError)
  })

  test('refuses a score that is not a number', () => {
    expect(() => calibrate([0.1, Number.NaN])).toThrow(RangeError)
  })
})

describe('expectedInnocents', () => {
  test('at a measured score it is N x FMR, with its interval', () => {
    const found = expectedInnocents(LADDER, 0.3, 1_000_000)
    expect(found.expected).toBeCloseTo(100, 9)
    expect(found.low).toBeCloseTo(50, 9)
    expect(found.high).toBeCloseTo(200, 9)
    expect(found.bound).toBe('none')
    expect(expectedInnocents(LADDER, 0.2, 1_000_000).expected).toBeCloseTo(10_000, 6)
  })

  test('halfway between two points it is their geometric mean', () => {
    const found = expectedInnocents(LADDER, 0.25, 1_000_000)
    expect(found.expected).toBeCloseTo(1_000, 6)
    expect(found.low).toBeCloseTo(1_000_000 * Math.sqrt(0.9e-2 * 0.5e-4), 6)
  })

  test('above the last point at most the last FMR is stated', () => {
    const found = expectedInnocents(LADDER, 0.9, 1_000_000)
    expect(found).toMatchObject({ low: 0, bound: 'upper' })
    expect(found.expected).toBeCloseTo(100, 9)
    expect(found.high).toBeCloseTo(200, 9)
  })

  test('below the first point at least the first FMR is stated, and at most everybody', () => {
    const found = expectedInnocents(LADDER, 0.1, 1_000_000)
    expect(found).toMatchObject({ high: 1_000_000, bound: 'lower' })
    expect(found.expected).toBeCloseTo(10_000, 6)
    expect(found.low).toBeCloseTo(9_000, 6)
  })

  test('without points everybody may be', () => {
    expect(expectedInnocents(calibrate([]), 0.9, 500)).toEqual({ expected: 500, low: 0, high: 500, bound: 'upper' })
  })

  test('a single point is a measurement at its score and a bound elsewhere', () => {
    const single: Calibration = { ...LADDER, points: LADDER.points.slice(0, 1) }
    const at = (value: number) => expectedInnocents(single, value, 100)
    expect(at(0.2)).toMatchObject({ bound: 'none' })
    expect(at(0.2).expected).toBeCloseTo(1, 12)
    expect(at(0.21).bound).toBe('upper')
    expect(at(0.19).bound).toBe('lower')
  })

  test('never grows with the score, nor do its ends', () => {
    fc.assert(
      fc.property(anyScore, anyScore, (one, other) => {
        const [low, high] = inOrder(one, other)
        const [near, far] = [expectedInnocents(calibration, low, 5_000), expectedInnocents(calibration, high, 5_000)]
        expect(far.expected).toBeLessThanOrEqual(near.expected + 1e-9)
        expect(far.low).toBeLessThanOrEqual(near.low + 1e-9)
        expect(far.high).toBeLessThanOrEqual(near.high + 1e-9)
      }),
    )
  })

  test('its interval contains it, and nobody outside the gallery is expected', () => {
    fc.assert(
      fc.property(anyScore, enrolled, (value, people) => {
        const { expected, low, high } = expectedInnocents(calibration, value, people)
        expect(low).toBeLessThanOrEqual(expected)
        expect(high).toBeGreaterThanOrEqual(expected)
        expect(high).toBeLessThanOrEqual(people)
      }),
    )
  })

  test('grows in proportion to the people searched', () => {
    fc.assert(
      fc.property(anyScore, enrolled, (value, people) => {
        const one = expectedInnocents(calibration, value, 1)
        expect(expectedInnocents(calibration, value, people).expected).toBeCloseTo(people * one.expected, 4)
      }),
    )
  })

  test('foretells what other comparisons of the same kind bring, to 3 in 100 between points', () => {
    const others = sortScores(bellScores(400_000, 0, 0.1, 77))
    for (const value of [0.145, 0.185, 0.22, 0.27, 0.3]) {
      const seen = fmr(others, value)
      const { low, high } = expectedInnocents(calibration, value, 1)
      expect(seen.high).toBeGreaterThan(low)
      expect(seen.low).toBeLessThan(high * 1.03)
    }
  })

  test.each([
    [Number.NaN, 10],
    [0.5, -1],
    [0.5, Number.NaN],
  ])('refuses score %f and gallery %f', (value, people) => {
    expect(() => expectedInnocents(LADDER, value, people)).toThrow(RangeError)
  })
})
