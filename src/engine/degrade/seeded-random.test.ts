import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from './seeded-random.ts'

const COUNT = 20_000

function many(next: () => number): readonly number[] {
  return Array.from({ length: COUNT }, next)
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length }
}

describe('seededRandom', () => {
  test('gives the same numbers for the same seed, and others for another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 2 }), (seed) => {
        const [one, again, other] = [seededRandom(seed), seededRandom(seed), seededRandom(seed + 1)]
        const first = Array.from({ length: 8 }, () => [one.even(), one.normal()])
        expect(Array.from({ length: 8 }, () => [again.even(), again.normal()])).toEqual(first)
        expect(Array.from({ length: 8 }, () => [other.even(), other.normal()])).not.toEqual(first)
      }),
    )
  })

  test('the first numbers of seed 1 stay what they are, so that published figures can be made again', () => {
    const random = seededRandom(1)
    expect([random.even(), random.even()].map((value) => value.toFixed(6))).toEqual(['0.627074', '0.002736'])
  })

  test('even numbers fill 0 to 1 evenly', () => {
    const values = many(seededRandom(7).even)
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
    expect(moments(values).mean).toBeCloseTo(0.5, 1)
    expect(moments(values).variance).toBeCloseTo(1 / 12, 2)
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const inside = values.filter((value) => Math.floor(value * 10) === tenth).length
      expect(Math.abs(inside / COUNT - 0.1)).toBeLessThan(0.01)
    }
  })

  test('normal numbers have mean 0, deviation 1, and 68 of 100 within it', () => {
    const values = many(seededRandom(9).normal)
    expect(Math.abs(moments(values).mean)).toBeLessThan(0.03)
    expect(Math.abs(moments(values).variance - 1)).toBeLessThan(0.04)
    const within = values.filter((value) => Math.abs(value) < 1).length / COUNT
    expect(Math.abs(within - 0.6827)).toBeLessThan(0.015)
  })
})
