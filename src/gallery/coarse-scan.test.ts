import { describe, expect, it } from 'vitest'
import { exactScore, LENGTH_TOLERANCE, scanBlock, scoreError } from './coarse-scan.ts'

describe('scanBlock', () => {
  const query = new Float64Array([1, 2, 3, 4])
  const block = new Float32Array([
    1,
    0,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
    1,
    1,
    1,
    1,
    1,
    -1,
    0,
    0,
    0.5,
    ...new Array(8).fill(0),
  ])

  it('scores every vector, in the order of the block', () => {
    const scores = new Float64Array(8)
    scanBlock(block, query, 6, scores, 0)
    expect([...scores]).toEqual([1, 2, 3, 4, 10, 1, 0, 0])
  })

  it('writes from the offset on, and leaves what is before', () => {
    const scores = new Float64Array(12).fill(7)
    scanBlock(block, query, 4, scores, 4)
    expect([...scores]).toEqual([7, 7, 7, 7, 1, 2, 3, 4, 7, 7, 7, 7])
  })

  it('does nothing for no vectors', () => {
    const scores = new Float64Array(4).fill(7)
    scanBlock(block, query, 0, scores, 0)
    expect([...scores]).toEqual([7, 7, 7, 7])
  })
})

describe('exactScore', () => {
  it('adds from the first number to the last', () => {
    const large = 2 ** 53
    expect(exactScore(new Float64Array([1, 1, 1, 1]), new Float32Array([large, 1, 1, -large]))).toBe(0)
    expect(exactScore(new Float64Array([1, 1, 1, 1]), new Float32Array([1, 1, large, -large]))).toBe(2)
  })

  it('rounds no product of two float32 numbers', () => {
    const [one, other] = [Math.fround(1 / 3), Math.fround(0.7)]
    const product = exactScore(new Float64Array([one]), new Float32Array([other]))
    const wide = (value: number) => BigInt(value * 2 ** 30)
    expect(BigInt(product * 2 ** 60)).toBe(wide(one) * wide(other))
  })
})

describe('scoreError', () => {
  it('grows with the numbers added, and stays above the derived bound', () => {
    for (const dimension of [2, 128, 512, 2048]) {
      const derived = 2 * (dimension - 1) * 2 ** -53 * (1 + LENGTH_TOLERANCE) ** 2
      expect(scoreError(dimension)).toBeGreaterThan(derived)
      expect(scoreError(dimension)).toBeLessThan(derived + 2 ** -51)
    }
  })
})
