import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectedFalseCandidates, SIMILARITY_FLOOR } from './calibration.ts'
import { defaultCalibration } from './embedder-record.ts'

const cosine = fc.double({ min: -1, max: 1, noNaN: true })

describe('expectedFalseCandidates', () => {
  test.each(defaultCalibration.points.map((point) => [point.score, point.fmr]))(
    'at the measured score %f it is N x %f',
    (score, fmr) => {
      const { expected, floor } = expectedFalseCandidates(score, 1_000_000)
      expect(expected).toBeCloseTo(1_000_000 * fmr, 6)
      expect(floor).toBe(false)
    },
  )

  test('never grows with the score', () => {
    fc.assert(
      fc.property(cosine, cosine, (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one]
        const [atLow, atHigh] = [expectedFalseCandidates(low, 5000), expectedFalseCandidates(high, 5000)]
        expect(atHigh.expected).toBeLessThanOrEqual(atLow.expected + 1e-12)
      }),
    )
  })

  test('grows in proportion to the people searched', () => {
    fc.assert(
      fc.property(cosine, fc.integer({ min: 0, max: 10_000_000 }), (score, searched) => {
        const one = expectedFalseCandidates(score, 1).expected
        expect(expectedFalseCandidates(score, searched).expected).toBeCloseTo(one * searched, 4)
      }),
    )
  })

  test('halfway between two points it is their geometric mean', () => {
    const { expected } = expectedFalseCandidates((0.36 + 0.385) / 2, 1_000_000)
    expect(expected).toBeCloseTo(Math.sqrt(1000 * 500), 6)
  })

  test('beyond the measured range it says so and is held at the end', () => {
    expect(expectedFalseCandidates(0.7, 1_000_000)).toEqual({ expected: 1_000_000 * 2.4e-6, floor: true })
    expect(expectedFalseCandidates(0.1, 1_000_000)).toEqual({ expected: 1_000_000 * 1e-3, floor: true })
  })
})

test('the similarity floor is the FMR 1e-3 point', () => {
  expect(SIMILARITY_FLOOR).toBe(0.36)
})
