import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Point } from './engine.ts'
import { applyTransform, fitTransform, invertTransform, placeTransform } from './similarity-transform.ts'

const coordinate = fc.double({ min: -2000, max: 2000, noNaN: true })
const point = fc.record({ x: coordinate, y: coordinate })
const transform = fc
  .record({
    scale: fc.double({ min: 0.05, max: 20, noNaN: true }),
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
    to: point,
  })
  .map(({ scale, angle, to }) => ({ ...placeTransform({ x: 0, y: 0 }, to, scale, angle), scale, angle }))
const spreadPoints = fc
  .array(point, { minLength: 2, maxLength: 8 })
  .filter(
    (points) =>
      Math.max(...points.map((one) => Math.hypot(one.x - (points[0]?.x ?? 0), one.y - (points[0]?.y ?? 0)))) > 1,
  )

function far(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

describe('applyTransform and invertTransform', () => {
  test('the inverse brings every point back', () => {
    fc.assert(
      fc.property(transform, point, (forth, place) => {
        expect(far(applyTransform(invertTransform(forth), applyTransform(forth, place)), place)).toBeLessThan(1e-5)
      }),
    )
  })

  test('all distances grow by the scale', () => {
    fc.assert(
      fc.property(transform, point, point, (forth, one, other) => {
        const grown = far(applyTransform(forth, one), applyTransform(forth, other))
        expect(Math.abs(grown - forth.scale * far(one, other))).toBeLessThan(1e-6 * (1 + grown))
      }),
    )
  })

  test('a transform that flattens everything cannot be undone', () => {
    expect(() => invertTransform({ a: 0, b: 0, tx: 3, ty: 4 })).toThrow(RangeError)
  })
})

describe('placeTransform', () => {
  test('puts the one point on the other, whatever the scale and angle', () => {
    fc.assert(
      fc.property(point, point, transform, (from, to, { scale, angle }) => {
        expect(far(applyTransform(placeTransform(from, to, scale, angle), from), to)).toBeLessThan(1e-5)
      }),
    )
  })

  test('a quarter turn brings right to below, as seen in an image', () => {
    const turned = applyTransform(placeTransform({ x: 0, y: 0 }, { x: 0, y: 0 }, 1, Math.PI / 2), { x: 1, y: 0 })
    expect(turned.x).toBeCloseTo(0)
    expect(turned.y).toBeCloseTo(1)
  })
})

describe('fitTransform', () => {
  test('finds the transform that made the points', () => {
    fc.assert(
      fc.property(transform, spreadPoints, (made, points) => {
        const fitted = fitTransform(
          points,
          points.map((one) => applyTransform(made, one)),
        )
        for (const one of points) {
          expect(far(applyTransform(fitted, one), applyTransform(made, one))).toBeLessThan(1e-4)
        }
      }),
    )
  })

  test('no nearby transform comes closer to points that do not fit exactly', () => {
    const nudge = fc.record({
      a: fc.constantFrom(-0.01, 0, 0.01),
      b: fc.constantFrom(-0.01, 0, 0.01),
      tx: fc.constantFrom(-1, 0, 1),
      ty: fc.constantFrom(-1, 0, 1),
    })
    fc.assert(
      fc.property(spreadPoints, fc.array(point, { minLength: 8, maxLength: 8 }), nudge, (from, targets, by) => {
        const to = targets.slice(0, from.length)
        const best = fitTransform(from, to)
        const other = { a: best.a + by.a, b: best.b + by.b, tx: best.tx + by.tx, ty: best.ty + by.ty }
        const error = (fit: typeof best) => {
          return from.reduce((sum, one, index) => sum + far(applyTransform(fit, one), to[index] ?? one) ** 2, 0)
        }
        expect(error(best)).toBeLessThanOrEqual(error(other) * (1 + 1e-9) + 1e-6)
      }),
    )
  })

  test('points on a mirrored line are turned by half a circle, never mirrored', () => {
    const from = [
      { x: 0, y: 0 },
      { x: 2, y: 0 },
      { x: 5, y: 0 },
    ]
    const fitted = fitTransform(
      from,
      from.map(({ x, y }) => ({ x: -x, y })),
    )
    expect(fitted.a).toBeCloseTo(-1)
    // A mirror would leave this point above; half a turn brings it below.
    expect(applyTransform(fitted, { x: 0, y: 3 }).y).toBeCloseTo(-3)
  })

  test('refuses lists of two lengths, and points that are all one', () => {
    const one = { x: 1, y: 1 }
    expect(() => fitTransform([one], [one, one])).toThrow('same length')
    expect(() => fitTransform([one, one], [one, { x: 2, y: 2 }])).toThrow('all one')
  })
})
