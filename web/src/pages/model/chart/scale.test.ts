import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evenScale, logScale } from './scale.ts'

const labels = (scale: { ticks: readonly { label: string }[] }) => scale.ticks.map(({ label }) => label).filter(Boolean)

describe('logScale', () => {
  it('gives every decade the same room', () => {
    const scale = logScale([0.001, 1], [0, 300], String)
    expect([0.001, 0.01, 0.1, 1].map((value) => Math.round(scale.at(value)))).toEqual([0, 100, 200, 300])
    expect(labels(scale)).toEqual(['0.001', '0.01', '0.1', '1'])
    expect(scale.ticks).toHaveLength(10)
  })

  it('numbers 2 and 5 as well when there are few decades', () => {
    expect(labels(logScale([1, 50], [0, 100], String))).toEqual(['1', '2', '5', '10', '20', '50'])
  })
})

describe('evenScale', () => {
  it('runs upwards on a drawing that counts downwards', () => {
    const scale = evenScale([0, 1], [400, 0], String)
    expect([scale.at(0), scale.at(0.5), scale.at(1)]).toEqual([400, 200, 0])
  })

  it('has four to eight lines, all on the axis, whatever its ends', () => {
    const ends = fc
      .tuple(fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: 1e-4, max: 100, noNaN: true }))
      .map(([low, span]) => [low, low + span] as const)
    fc.assert(
      fc.property(ends, (range) => {
        const { ticks } = evenScale(range, [0, 1], String)
        expect(ticks.length).toBeGreaterThanOrEqual(3)
        expect(ticks.length).toBeLessThanOrEqual(8)
        for (const { value } of ticks) {
          expect(value).toBeGreaterThanOrEqual(range[0] - 1e-6)
          expect(value).toBeLessThanOrEqual(range[1] + 1e-6)
        }
      }),
    )
  })
})
