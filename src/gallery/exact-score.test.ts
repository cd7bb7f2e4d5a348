import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactScore } from './exact-score.ts'

const vector = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 })
  .filter((numbers) => Math.hypot(...numbers) > 0.01)
  .map((numbers) => Float32Array.from(numbers, (number) => number / Math.hypot(...numbers)))

describe('exactScore', () => {
  it('is the inner product, summed from the first number to the last', () => {
    const query = Float64Array.from([0.5, 0.5, -0.5, 0.5])
    expect(exactScore(query, Float32Array.from([1, 0, 0, 0]))).toBe(0.5)
    expect(exactScore(query, Float32Array.from([0.5, 0.5, 0.5, 0.5]))).toBe(0.5)
  })

  it('never leaves the scale, and is the same both ways', () => {
    fc.assert(
      fc.property(vector, vector, (one, other) => {
        const score = exactScore(Float64Array.from(one), other)
        expect(Math.abs(score)).toBeLessThanOrEqual(1)
        expect(exactScore(Float64Array.from(other), one)).toBe(score)
        expect(exactScore(Float64Array.from(one), one)).toBeCloseTo(1, 5)
      }),
    )
  })
})
