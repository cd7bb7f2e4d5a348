import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MEASURES, type MeasureCode } from './quality-measure.ts'
import { unifiedQuality } from './unified.ts'
import { UNIFIED_WEIGHTS } from './unified-weights.ts'

const CODES = Object.keys(MEASURES) as MeasureCode[]
const all = (quality: number | null) => CODES.map((code) => ({ code, quality }))
const WEIGHTS = {
  bias: -1,
  measures: { sharpness: { weight: 2, neutral: 50 }, pose_yaw: { weight: 1, neutral: 100 } },
  norm: { weight: 0.5, neutral: 4 },
}

const qualities = fc.array(fc.option(fc.integer({ min: 0, max: 100 })), {
  minLength: CODES.length,
  maxLength: CODES.length,
})
const measuresOf = (values: readonly (number | null)[]) =>
  CODES.map((code, place) => ({ code, quality: values[place] ?? null }))

describe('unifiedQuality', () => {
  test('the best face is worth more than 90, the worst less than 1', () => {
    expect(unifiedQuality(all(100))).toBeGreaterThan(90)
    expect(unifiedQuality(all(0))).toBeLessThan(1)
  })

  test.each([
    [[], undefined, 0.5 * 2 + 1 + 2 - 1],
    [[{ code: 'sharpness', quality: 100 }], undefined, 2 + 1 + 2 - 1],
    [[{ code: 'sharpness', quality: null }], 0, 1 + 1 - 1],
    [
      [
        { code: 'pose_yaw', quality: 0 },
        { code: 'sharpness', quality: 0 },
      ],
      2,
      -1 + 1,
    ],
    [[{ code: 'head_size', quality: 0 }], 4, 3],
  ] as const)('is the logistic of the weighted sum: %j and a length of %s', (measures, norm, sum) => {
    expect(unifiedQuality(measures, norm, WEIGHTS)).toBe(Math.round(100 / (1 + Math.exp(-sum))))
  })

  test('what could not be measured counts as neutral', () => {
    const neutral = CODES.map((code) => ({ code, quality: UNIFIED_WEIGHTS.measures[code]?.neutral ?? 0 }))
    expect(unifiedQuality(all(null))).toBe(unifiedQuality(neutral))
    expect(unifiedQuality([])).toBe(unifiedQuality(neutral))
  })

  test('is a whole number from 0 to 100', () => {
    fc.assert(
      fc.property(qualities, fc.option(fc.double({ min: 0, max: 50, noNaN: true })), (values, norm) => {
        const unified = unifiedQuality(measuresOf(values), norm ?? undefined)
        expect(Number.isInteger(unified) && unified >= 0 && unified <= 100).toBe(true)
      }),
    )
  })

  test('never falls when one measure gets better', () => {
    const place = fc.nat({ max: CODES.length - 1 })
    const better = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(qualities, place, better, better, (values, at, one, other) => {
        const worse = unifiedQuality(measuresOf(values.with(at, Math.min(one, other))))
        expect(unifiedQuality(measuresOf(values.with(at, Math.max(one, other))))).toBeGreaterThanOrEqual(worse)
      }),
    )
  })

  test('weights are not negative, neutral qualities are 0 to 100', () => {
    for (const { weight, neutral } of Object.values(UNIFIED_WEIGHTS.measures)) {
      expect(weight).toBeGreaterThanOrEqual(0)
      expect(neutral).toBeGreaterThanOrEqual(0)
      expect(neutral).toBeLessThanOrEqual(100)
    }
    expect(UNIFIED_WEIGHTS.norm.weight).toBeGreaterThanOrEqual(0)
  })
})
