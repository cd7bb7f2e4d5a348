import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pan, START, type View, viewAfterKey, zoomAt } from './view-transform.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const point = fc.record({ x: share, y: share })
const factor = fc.double({ min: 0.2, max: 5, noNaN: true })
const shift = fc.double({ min: -3, max: 3, noNaN: true })
const act = fc.oneof(
  fc.tuple(point, factor).map(
    ([at, by]) =>
      (view: View) =>
        zoomAt(view, at, by),
  ),
  fc.tuple(shift, shift).map(
    ([dx, dy]) =>
      (view: View) =>
        pan(view, dx, dy),
  ),
  fc.constantFrom('+', '-', '0', 'ArrowLeft', 'ArrowUp').map((key) => (view: View) => viewAfterKey(view, key) ?? view),
)
const acts = fc.array(act, { maxLength: 30 })
const viewAfterAll = (all: readonly ((view: View) => View)[]) => all.reduce((view, one) => one(view), START)
const inside = (shifted: number, zoom: number) => shifted <= 0.5 && shifted + zoom >= 0.5 - 1e-9

describe('a view after any acts', () => {
  it('is never lost: the middle of the pane shows a part of the frame, at a zoom of 0.5 to 8', () => {
    fc.assert(
      fc.property(acts, (all) => {
        const { zoom, x, y } = viewAfterAll(all)
        expect(zoom).toBeGreaterThanOrEqual(0.5)
        expect(zoom).toBeLessThanOrEqual(8)
        expect(inside(x, zoom) && inside(y, zoom)).toBe(true)
      }),
    )
  })

  it('keeps what is under the pointer there, wherever the edge does not stop it', () => {
    fc.assert(
      fc.property(acts, point, factor, (all, at, by) => {
        const before = viewAfterAll(all)
        const now = zoomAt(before, at, by)
        for (const axis of ['x', 'y'] as const) {
          const place = (at[axis] - before[axis]) / before.zoom
          const stopped = now[axis] === 0.5 || now[axis] === 0.5 - now.zoom
          if (!stopped) expect(place * now.zoom + now[axis]).toBeCloseTo(at[axis], 6)
        }
      }),
    )
  })

  it('comes back to the start with one key', () => {
    fc.assert(
      fc.property(acts, (all) => {
        expect(viewAfterKey(viewAfterAll(all), '0')).toEqual(START)
      }),
    )
  })
})
