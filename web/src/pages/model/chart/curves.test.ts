import { describe, expect, it } from 'vitest'
import { figures, rate } from '../figures.fixture.ts'
import { cmcCurve, detCurve, discardCurve } from './curves.ts'
import { PLOT } from './line-chart.tsx'

function expectWithin(curve: ReturnType<typeof detCurve>) {
  expect(curve).not.toBeNull()
  for (const [across, up] of curve?.line ?? []) {
    expect(curve?.x.at(across)).toBeGreaterThanOrEqual(PLOT.left - 1e-6)
    expect(curve?.x.at(across)).toBeLessThanOrEqual(PLOT.right + 1e-6)
    expect(curve?.y.at(up)).toBeGreaterThanOrEqual(PLOT.top - 1e-6)
    expect(curve?.y.at(up)).toBeLessThanOrEqual(PLOT.bottom + 1e-6)
  }
}

describe('detCurve', () => {
  it('draws every rate above 0 inside the plot, and marks the thresholds', () => {
    const curve = detCurve(figures())
    expectWithin(curve)
    expect(curve?.line).toEqual([
      [0.5, 0.005],
      [0.01, 0.05],
    ])
    expect(curve?.marks).toEqual([{ x: 0.01, y: 0.05, low: 0.01, high: 0.09, label: 'T 0.400' }])
  })

  it('a threshold without errors has no place on a logarithmic axis', () => {
    const [threshold] = figures().thresholds
    if (threshold === undefined) throw new Error('The fixture has a threshold.')
    expect(detCurve(figures({ thresholds: [{ ...threshold, fnir: rate(0, 200) }] }))?.marks).toEqual([])
  })

  it('is not drawn from one point', () => {
    expect(detCurve(figures({ det: [{ threshold: 0.4, fnir: 0.1, fpir: 0.1 }] }))).toBeNull()
    expect(detCurve(figures({ det: [] }))).toBeNull()
  })
})

describe('cmcCurve', () => {
  it('rises within the plot, with marks at the usual ranks alone', () => {
    const curve = cmcCurve(figures())
    expectWithin(curve)
    expect(curve?.line.map(([rank]) => rank)).toEqual([1, 2, 50])
    expect(curve?.marks.map(({ x }) => x)).toEqual([1, 50])
  })

  it('draws a search without a miss', () => {
    const perfect = [1, 2].map((rank) => ({ rank, errors: 0, trials: 9, rate: 1, low: 1, high: 1 }))
    expectWithin(cmcCurve(figures({ cmc: perfect })))
  })

  it('is not drawn without trials', () => {
    expect(cmcCurve(figures({ cmc: [{ rank: 1, ...rate(0, 0) }] }))).toBeNull()
  })
})

describe('discardCurve', () => {
  const point = (fraction: number, errors: number, trials = 100) => ({
    fraction,
    leastQuality: 10,
    rate: rate(errors, trials),
  })
  const discard = (points: ReturnType<typeof point>[]) =>
    figures({ discard: { threshold: 0.4, points, rankCorrelation: 0.3 } })

  it('starts at 0 on both axes and keeps inside the plot', () => {
    const curve = discardCurve(discard([point(0, 8), point(0.1, 4), point(0.3, 1)]))
    expectWithin(curve)
    expect(curve?.x.at(0)).toBe(PLOT.left)
    expect(curve?.y.at(0)).toBe(PLOT.bottom)
  })

  it('is not drawn without quality, from one point, or from points without trials', () => {
    expect(discardCurve(figures())).toBeNull()
    expect(discardCurve(discard([point(0, 8)]))).toBeNull()
    expect(discardCurve(discard([point(0, 0, 0), point(0.1, 0, 0)]))).toBeNull()
  })
})
