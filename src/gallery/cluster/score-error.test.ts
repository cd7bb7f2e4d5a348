import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactScore } from '../exact-score.ts'
import { clusterScoreError } from './score-error.ts'

/** Sums in float32, in the order of `places`. */
function float32Score(query: Float32Array, vector: Float32Array, places: readonly number[]): number {
  let sum = 0
  for (const at of places) sum = Math.fround(sum + Math.fround((query[at] as number) * (vector[at] as number)))
  return sum
}

function unit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => value / length)
}

describe('the error of a score in float32', () => {
  it('is what the comment says for 512 and 704 numbers', () => {
    expect(clusterScoreError(512)).toBeCloseTo(6.23e-5, 6)
    expect(clusterScoreError(704)).toBeCloseTo(8.54e-5, 6)
  })

  it('covers any order of summation', () => {
    const aNumber = fc.float({ min: -1, max: 1, noNaN: true }).filter((value) => Math.abs(value) > 2 ** -100)
    const numbers = fc.array(fc.tuple(aNumber, aNumber, fc.nat()), { minLength: 2, maxLength: 300 })
    fc.assert(
      fc.property(numbers, (drawn) => {
        const query = unit(drawn.map(([value]) => value))
        const vector = unit(drawn.map(([, value]) => value))
        const places = [...drawn.keys()].sort((one, other) => (drawn[one]?.[2] ?? 0) - (drawn[other]?.[2] ?? 0))
        const off = Math.abs(float32Score(query, vector, places) - exactScore(Float64Array.from(query), vector))
        expect(off).toBeLessThanOrEqual(clusterScoreError(drawn.length))
      }),
    )
  })

  it('covers the worst that rounding does to equal numbers', () => {
    const vector = unit(new Array<number>(704).fill(1))
    const off = float32Score(vector, vector, [...vector.keys()]) - exactScore(Float64Array.from(vector), vector)
    expect(Math.abs(off)).toBeLessThanOrEqual(clusterScoreError(704))
    expect(Math.abs(off)).toBeGreaterThan(0)
  })
})
