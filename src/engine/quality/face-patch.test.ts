import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyTransform } from '../similarity-transform.ts'
import { facePatch, PATCH_INTER_EYE } from './face-patch.ts'
import { drawnView, movedView, onePaint, paint } from './face-view.fixture.ts'
import { Zone } from './face-zones.ts'

describe('facePatch', () => {
  test('puts the eyes at the same places whatever the size, place and tilt of the face', () => {
    const scale = fc.double({ min: 0.1, max: 2, noNaN: true })
    fc.assert(
      fc.property(
        scale,
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.integer({ min: -50, max: 50 }),
        (by, turn, x) => {
          const view = movedView(drawnView(), by, { x, y: 10 }, turn)
          const patch = facePatch(view)
          const [left, right] = view.landmarks.map((eye) => patch && applyTransform(patch.toPatch, eye))
          expect(left?.x).toBeCloseTo(80 - PATCH_INTER_EYE / 2, 6)
          expect(right?.x).toBeCloseTo(80 + PATCH_INTER_EYE / 2, 6)
          expect(left?.y).toBeCloseTo(64, 6)
          expect(right?.y).toBeCloseTo(64, 6)
        },
      ),
      { numRuns: 20 },
    )
  })

  test('eyes that a turn brings together do not enlarge the face', () => {
    const view = drawnView()
    const near = view.landmarks.map(({ x, y }) => ({ x: 200 + (x - 200) * 0.1, y }))
    const patch = facePatch({ ...view, landmarks: near })
    expect(Math.hypot(patch?.toPatch.a ?? 0, patch?.toPatch.b ?? 0)).toBeCloseTo((36 * 1.9) / 180, 6)
  })

  test.each([
    [0, 0],
    [128, 55],
    [255, 255],
  ])('a grey of %i has the linear luminance %i', (grey, luminance) => {
    const patch = facePatch(drawnView({ pixels: onePaint(grey) }))
    expect(new Set(patch?.luminance)).toEqual(new Set([luminance]))
  })

  test('green is brighter than red, red than blue', () => {
    const of = (...colour: readonly [number, number, number]) =>
      facePatch(drawnView({ pixels: onePaint(...colour) }))?.luminance[0]
    expect([of(255, 0, 0), of(0, 255, 0), of(0, 0, 255)]).toEqual([54, 182, 18])
  })

  test('shows the face where the zones say', () => {
    const pixels = paint((x, y) => (((x - 200) / 110) ** 2 + ((y - 230) / 150) ** 2 < 1 ? [200, 200, 200] : [0, 0, 0]))
    const patch = facePatch(drawnView({ pixels }))
    const bright = patch?.luminance.map((value) => (value > 70 ? 1 : 0)) ?? new Uint8Array()
    const differing = bright.filter((value, place) => (value === 1) !== (patch?.zones[place] === Zone.face)).length
    expect(differing).toBeLessThan(120)
  })

  test.each([
    ['without landmarks', { landmarks: [], mesh: [] }],
    [
      'with all landmarks at one place',
      { landmarks: Array(5).fill({ x: 9, y: 9 }), mesh: Array(468).fill({ x: 9, y: 9, z: 0 }) },
    ],
    ['with landmarks that are not numbers', { landmarks: Array(5).fill({ x: Number.NaN, y: 0 }) }],
    [
      'with landmarks without end',
      {
        landmarks: [
          { x: -Infinity, y: 0 },
          { x: Infinity, y: 0 },
        ],
      },
    ],
  ])('%s there is none', (_, change) => {
    expect(facePatch(drawnView(change))).toBeNull()
  })
})
