import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactScore } from '../exact-score.ts'
import { CodeRows } from './code-rows.ts'
import { digitsOf, quantiseQuery, upperBound } from './quantise-query.ts'
import { float32Above } from './quantise-template.ts'
import { rowLayout } from './row-record.ts'
import { ADULT, rowOf, unit, unitVectors } from './scan.fixture.ts'

/** Unit vectors of every kind: dense, nearly one axis, tiny numbers beside large ones. */
function unitVector(dimension: number): fc.Arbitrary<Float32Array> {
  const part = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 1, -1, 1e-6, -1e-30, 0.004))
  return fc
    .array(part, { minLength: dimension, maxLength: dimension })
    .filter((parts) => Math.hypot(...parts) > 1e-3)
    .map((parts) => unit(Float32Array.from(parts)))
}

function quantised(vector: Float32Array) {
  const rows = new CodeRows({ dimension: vector.length, shardRows: 1 })
  rows.add(1, ADULT, vector)
  return { ...rowOf(rows, 0), layout: rows.layout }
}

describe('the upper bound', () => {
  it.each([1, 7, 16, 20, 128])('is never below the exact score, with %i numbers', (dimension) => {
    fc.assert(
      fc.property(unitVector(dimension), unitVector(dimension), (vector, query) => {
        const row = quantised(vector)
        const whole = quantiseQuery(query, dimension, row.layout.codeBytes)
        const dot = row.codes.reduce((sum, code, at) => sum + code * (whole.codes[at] as number), 0)
        const upper = upperBound(dot, row, whole)
        const score = exactScore(Float64Array.from(query), vector)
        expect(upper).toBeGreaterThanOrEqual(score)
        // And it is of use: two roundings of length at most half a step in each number.
        expect(upper - score).toBeLessThan((2 * 1.1 * Math.sqrt(dimension)) / 254 + 1e-3)
      }),
      { numRuns: 150 },
    )
  })

  it('also holds for the longest and the shortest template that is let in', () => {
    const [vector, query] = unitVectors(2, 64, 5) as [Float32Array, Float32Array]
    for (const length of [0.9991, 1.0009]) {
      const template = vector.map((value) => value * length)
      const row = quantised(template)
      const whole = quantiseQuery(query, 64, 64)
      const dot = row.codes.reduce((sum, code, at) => sum + code * (whole.codes[at] as number), 0)
      expect(upperBound(dot, row, whole)).toBeGreaterThanOrEqual(exactScore(Float64Array.from(query), template))
    }
  })
})

describe('a quantised template', () => {
  it('is its vector again, but for a residual no longer than it says', () => {
    fc.assert(
      fc.property(unitVector(40), (vector) => {
        const { codes, scale, residual, sum } = quantised(vector)
        const left = Math.hypot(...vector.map((value, at) => value - (codes[at] as number) * scale))
        expect(residual).toBeGreaterThanOrEqual(left * (1 - 1e-6))
        expect(residual).toBeLessThan(left * (1 + 1e-5) + 1e-7)
        expect(Math.max(...codes.map(Math.abs))).toBe(127)
        expect(sum).toBe(codes.reduce((all, code) => all + code, 0))
        expect([...codes.subarray(40)]).toEqual(new Array(8).fill(0))
      }),
    )
  })

  it.each([
    ['only zeros', new Float32Array(20)],
    ['no number', new Float32Array(20).fill(0.2).with(7, Number.NaN)],
    ['an infinite number', new Float32Array(20).fill(0.2).with(0, Number.POSITIVE_INFINITY)],
    ['too many numbers', unitVectors(1, 21)[0] as Float32Array],
    ['too few numbers', unitVectors(1, 19)[0] as Float32Array],
    ['numbers too small for a scale', new Float32Array(20).fill(1e-38)],
  ])('is refused with %s, and nothing is added', (_, vector) => {
    const rows = new CodeRows({ dimension: 20 })
    expect(() => rows.add(1, ADULT, vector)).toThrow(expect.objectContaining({ code: 'vector_unusable' }))
    expect(rows.places).toBe(0)
  })

  it('takes the numbers of a view with an offset, not those before it', () => {
    const [vector] = unitVectors(1, 20) as [Float32Array]
    const wide = new Float32Array(50).fill(9)
    wide.set(vector, 13)
    expect(quantised(wide.subarray(13, 33)).codes).toEqual(quantised(vector).codes)
  })
})

describe('float32Above', () => {
  it('is the least float32 that is not below', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2, noNaN: true }), (value) => {
        const above = float32Above(value)
        expect(above).toBe(Math.fround(above))
        expect(above).toBeGreaterThanOrEqual(value)
        const bits = new Uint32Array(new Float32Array([above]).buffer)
        const before = new Float32Array(bits.map((one) => Math.max(0, one - 1)).buffer)[0] as number
        expect(above === 0 || before < value).toBe(true)
      }),
    )
  })
})

describe('a quantised query', () => {
  it('keeps within 14 bits, and its products within 32', () => {
    for (const dimension of [1, 128, 512, 2064, 2080, 4096]) {
      const { codeBytes } = rowLayout(dimension)
      const { codes } = quantiseQuery(new Float32Array(dimension).fill(dimension ** -0.5), dimension, codeBytes)
      const largest = codes[0] as number
      expect(largest * 127 * codeBytes).toBeLessThan(2 ** 31)
      expect(largest).toBeLessThanOrEqual(8191)
      expect(largest).toBeGreaterThan(4000)
    }
  })

  it('is its codes in two digits', () => {
    const codes = Int16Array.from([-8191, -8190, -129, -1, 0, 1, 127, 128, 8191])
    const { high, low } = digitsOf(codes)
    expect([...high].map((digit, at) => digit * 128 + (low[at] as number) - 8192)).toEqual([...codes])
    expect(Math.max(...high, ...low)).toBeLessThan(128)
  })

  it.each([
    ['only zeros', new Float32Array(8)],
    ['no number', new Float32Array(8).with(3, Number.NaN)],
    ['an infinite number', new Float32Array(8).with(3, Number.NEGATIVE_INFINITY)],
    ['another dimension', new Float32Array(9).fill(1 / 3)],
  ])('is refused with %s', (_, query) => {
    expect(() => quantiseQuery(query, 8, 16)).toThrow(expect.objectContaining({ code: 'vector_unusable' }))
  })
})
