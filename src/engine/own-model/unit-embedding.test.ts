import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cosineOf, unitEmbedding } from './unit-embedding.ts'

function codeOf(output: readonly number[], dimension = output.length): string {
  const made = unitEmbedding(Float32Array.from(output), dimension)
  return made.ok ? 'done' : made.problem.code
}

describe('unitEmbedding', () => {
  test('keeps the direction and takes the length away', () => {
    const made = unitEmbedding(Float32Array.of(3, 0, -4), 3)
    if (!made.ok) throw new Error(made.problem.message)
    expect(made.value[0]).toBeCloseTo(0.6, 6)
    expect(made.value[2]).toBeCloseTo(-0.8, 6)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%f is not finite', (wrong) => {
    expect(codeOf([1, wrong, 2])).toBe('embedding_not_finite')
  })

  test('a vector without length points nowhere', () => {
    expect(codeOf([0, 0, 0])).toBe('embedding_zero')
    expect(codeOf([1e-7, 0, 0])).toBe('embedding_zero')
    expect(codeOf([1e-5, 0, 0])).toBe('done')
  })

  test('finite numbers whose squares overflow 32-bit floats still give a direction', () => {
    const made = unitEmbedding(Float32Array.of(3e38, 3e38), 2)
    expect(made.ok && made.value[0]).toBeCloseTo(Math.SQRT1_2, 6)
  })

  test('another number of values than said is named', () => {
    const made = unitEmbedding(Float32Array.of(1, 2, 3), 4)
    expect(made).toMatchObject({
      ok: false,
      problem: { kind: 'failure', code: 'output_dimension_differs', facts: { found: 3, expected: 4 } },
    })
    expect(codeOf([], 4)).toBe('output_dimension_differs')
  })

  test('every finite vector of some length comes out with length one', () => {
    const value = fc.float({ min: -1000, max: 1000, noNaN: true })
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 40 }), (values) => {
        const made = unitEmbedding(Float32Array.from(values), values.length)
        fc.pre(made.ok)
        if (made.ok) expect(cosineOf(made.value, made.value)).toBeCloseTo(1, 5)
      }),
    )
  })
})

describe('cosineOf', () => {
  test('is 1 for the same, 0 for square and -1 for opposite directions', () => {
    const east = Float32Array.of(1, 0)
    expect(cosineOf(east, east)).toBe(1)
    expect(cosineOf(east, Float32Array.of(0, 1))).toBe(0)
    expect(cosineOf(east, Float32Array.of(-1, 0))).toBe(-1)
  })
})
