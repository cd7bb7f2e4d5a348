import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evenScale, logScale } from './chart-scale.ts'

describe('logScale', () => {
  it('gives every decade the same length', () => {
    const scale = logScale([0.001, 1], [0, 300], String)
    expect([0.001, 0.01, 0.1, 1].map((value) => Math.round(scale.at(value)))).toEqual([0, 100, 200, 300])
  })

  it('has lines at 1, 2 and 5, and numbers at decades when there are many', () => {
    const { ticks } = logScale([0.001, 1], [0, 300], (value) => value.toPrecision(1))
    expect(ticks.map(({ value }) => Number(value.toPrecision(2)))).toEqual([
      ...[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
    ])
    expect(ticks.filter(({ label }) => label !== '').map(({ label }) => label)).toEqual(['0.001', '0.01', '0.1', '1'])
  })

  it('numbers every line of a short axis', () => {
    expect(logScale([1, 50], [0, 1], String).ticks.map(({ label }) => label)).toEqual(['1', '2', '5', '10', '20', '50'])
  })

  it.each([
    [0, 1],
    [-1, 1],
    [1, 1],
    [2, 1],
  ] as const)('cannot run from %d to %d', (low, high) => {
    expect(() => logScale([low, high], [0, 1], String)).toThrow(RangeError)
  })
})

describe('evenScale', () => {
  it('has its ticks at round numbers', () => {
    expect(evenScale([0, 0.3], [0, 1], (value) => value.toFixed(2)).ticks.map(({ label }) => label)).toEqual([
      ...['0.00', '0.05', '0.10', '0.15', '0.20', '0.25', '0.30'],
    ])
    expect(evenScale([97.7, 100], [0, 1], (value) => value.toFixed(1)).ticks.map(({ label }) => label)).toEqual([
      ...['98.0', '98.5', '99.0', '99.5', '100.0'],
    ])
  })

  it('runs upwards or not at all', () => {
    expect(() => evenScale([1, 1], [0, 1], String)).toThrow(RangeError)
  })
})

describe('either scale', () => {
  it('keeps the order of values, the ends, and its ticks between them', () => {
    const range = fc
      .tuple(fc.double({ min: 1e-6, max: 1e3, noNaN: true }), fc.double({ min: 1.5, max: 1e4, noNaN: true }))
      .map(([low, times]) => [low, low * times] as const)
    fc.assert(
      fc.property(range, ([low, high]) => {
        for (const scale of [logScale([low, high], [10, 500], String), evenScale([low, high], [10, 500], String)]) {
          expect(scale.at(low)).toBeCloseTo(10, 6)
          expect(scale.at(high)).toBeCloseTo(500, 6)
          const middle = scale.at((low + high) / 2)
          expect(middle > 10 && middle < 500).toBe(true)
          const places = scale.ticks.map(({ value }) => scale.at(value))
          expect(places.every((place) => place > 9 && place < 501)).toBe(true)
          expect(places.toSorted((one, other) => one - other)).toEqual(places)
        }
      }),
    )
  })

  it('runs downwards on a picture whose y axis does', () => {
    expect(evenScale([0, 1], [372, 18], String).at(1)).toBe(18)
    expect(logScale([0.01, 1], [372, 18], String).at(0.1)).toBeCloseTo(195, 9)
  })
})
