import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { floorEffect } from './floor-effect.ts'

const det = [
  { threshold: 0.2, fnir: 0.01, fpir: 0.5 },
  { threshold: 0.3, fnir: 0.03, fpir: 0.1 },
  { threshold: 0.4, fnir: 0.08, fpir: 0.01 },
]

describe('floorEffect', () => {
  it.each([
    [0.3, { fnir: 0.03, fpir: 0.1 }],
    [0.35, { fnir: 0.08, fpir: 0.1 }],
    [0.1, { fnir: 0.01, fpir: null }],
    [0.4, { fnir: 0.08, fpir: 0.01 }],
  ])('at %d it is %j: the less favourable neighbour', (floor, effect) => {
    expect(floorEffect({ det }, floor)).toEqual(effect)
  })

  it('says nothing above the measured scores, or without a curve', () => {
    expect(floorEffect({ det }, 0.41)).toBeNull()
    expect(floorEffect({ det: [] }, 0.3)).toBeNull()
  })

  it('never promises less than was measured at the floor', () => {
    const curve = fc
      .uniqueArray(fc.integer({ min: -99, max: 99 }), { minLength: 2 })
      .map((scores) =>
        scores
          .sort((one, other) => one - other)
          .map((score, at) => ({ threshold: score / 100, fnir: at / scores.length, fpir: 1 - at / scores.length })),
      )
    fc.assert(
      fc.property(curve, fc.double({ min: -1, max: 1, noNaN: true }), (points, floor) => {
        const effect = floorEffect({ det: points }, floor)
        for (const { threshold, fnir } of points)
          if (threshold <= floor) expect(effect?.fnir ?? 1).toBeGreaterThanOrEqual(fnir)
        for (const { threshold, fpir } of points)
          if (threshold >= floor) expect(effect?.fpir ?? 1).toBeGreaterThanOrEqual(fpir)
      }),
    )
  })
})
