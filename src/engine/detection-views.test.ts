import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectionViews, liesWhole } from './detection-views.ts'
import { applyTransform } from './similarity-transform.ts'

const size = fc.record({ width: fc.integer({ min: 8, max: 6000 }), height: fc.integer({ min: 8, max: 6000 }) })

/** Where the first corner of an image of 100 pixels comes to lie when it is turned about the middle. */
function cornerTurned(degrees: number): readonly number[] {
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return [Math.round(50 - 50 * cos + 50 * sin), Math.round(50 - 50 * sin - 50 * cos)]
}

describe('detectionViews', () => {
  test('the whole image fits into the whole view, with its middle in the middle', () => {
    fc.assert(
      fc.property(size, ({ width, height }) => {
        const toImage = detectionViews(width, height).whole.toImage(192)
        const first = applyTransform(toImage, { x: 0, y: 0 })
        const last = applyTransform(toImage, { x: 192, y: 192 })
        expect(first.x).toBeLessThanOrEqual(1e-6)
        expect(first.y).toBeLessThanOrEqual(1e-6)
        expect(last.x).toBeGreaterThanOrEqual(width - 1e-6)
        expect(last.y).toBeGreaterThanOrEqual(height - 1e-6)
        expect((first.x + last.x) / 2).toBeCloseTo(width / 2, 4)
      }),
    )
  })

  test('turned views: upside down first, then either side, then half-way between', () => {
    const corners = detectionViews(100, 100).turned.map((view) => applyTransform(view.toImage(128), { x: 0, y: 0 }))
    expect(corners.map(({ x, y }) => [Math.round(x) + 0, Math.round(y) + 0])).toEqual([
      [100, 100],
      [100, 0],
      [0, 100],
      ...[45, 315, 135, 225].map(cornerTurned),
    ])
  })

  test('upright and turned views together look in eight directions, 45 degrees apart, at the same scale', () => {
    const { whole, turned } = detectionViews(640, 480)
    const views = [whole, ...turned].map((view) => view.toImage(128))
    const degrees = views.map(({ a, b }) => Math.round((Math.atan2(b, a) * 180) / Math.PI + 360) % 360)
    expect([...degrees].sort((one, other) => one - other)).toEqual([0, 45, 90, 135, 180, 225, 270, 315])
    for (const { a, b } of views) expect(Math.hypot(a, b)).toBeCloseTo(640 / 128)
    for (const view of views) expect(applyTransform(view, { x: 64, y: 64 }).x).toBeCloseTo(320)
  })

  test('the far view sees twice the image', () => {
    const { a } = detectionViews(400, 300).far.toImage(192)
    expect(a).toBeCloseTo(800 / 192)
  })

  test('every box of up to a quarter of the longest edge lies whole in some part', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(size, share, share, share, ({ width, height }, across, down, part) => {
        const edge = Math.min((part * Math.max(width, height)) / 4, width, height)
        const box = { x: across * (width - edge), y: down * (height - edge), width: edge, height: edge }
        const views = detectionViews(width, height).parts
        expect(views.some((view) => covers(view.part, box) && liesWhole(box, view, width, height))).toBe(true)
      }),
    )
  })

  test('a square image has nine parts', () => {
    expect(detectionViews(1000, 1000).parts).toHaveLength(9)
    expect(detectionViews(1000, 1000).smallParts).toHaveLength(49)
  })

  test('a strip has as many parts as squares of its shorter edge need to overlap by half', () => {
    expect(detectionViews(1000, 400).parts).toHaveLength(4)
    expect(detectionViews(400, 1000).parts).toHaveLength(4)
    expect(detectionViews(8000, 200).parts).toHaveLength(79)
  })

  test('however long a strip, no more than 80 parts lie along it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 1, max: 60_000 }), (width, height) => {
        const { parts, smallParts } = detectionViews(width, height)
        for (const views of [parts, smallParts]) {
          expect(new Set(views.map((view) => view.part?.x)).size).toBeLessThanOrEqual(80)
          expect(new Set(views.map((view) => view.part?.y)).size).toBeLessThanOrEqual(80)
        }
      }),
    )
  })
})

function covers(part: { x: number; y: number; width: number; height: number } | undefined, box: typeof part): boolean {
  if (!part || !box) return false
  const slack = 1e-6
  return (
    box.x >= part.x - slack &&
    box.y >= part.y - slack &&
    box.x + box.width <= part.x + part.width + slack &&
    box.y + box.height <= part.y + part.height + slack
  )
}

describe('liesWhole', () => {
  const [first] = detectionViews(1000, 1000).parts
  const box = (x: number, y: number) => ({ x, y, width: 100, height: 100 })

  test("a box across the part's inner edge is cut", () => {
    expect(first && liesWhole(box(450, 200), first, 1000, 1000)).toBe(false)
    expect(first && liesWhole(box(200, 450), first, 1000, 1000)).toBe(false)
  })

  test("at the image's own edge nothing is cut", () => {
    expect(first && liesWhole(box(-20, -20), first, 1000, 1000)).toBe(true)
  })

  test('in a view of the whole image nothing is cut', () => {
    expect(liesWhole(box(950, 950), detectionViews(1000, 1000).whole, 1000, 1000)).toBe(true)
  })
})
