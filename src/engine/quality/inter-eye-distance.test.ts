import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawnView, movedView } from './face-view.fixture.ts'
import { interEyeDistance, interEyeMeasure } from './inter-eye-distance.ts'

test('is the straight distance between the first two landmarks', () => {
  const eyes = [
    { x: 10, y: 10 },
    { x: 13, y: 14 },
    { x: 99, y: 99 },
  ]
  expect(interEyeDistance(eyes)).toBe(5)
})

test('is 0 where there are not two eyes', () => {
  expect(interEyeDistance([])).toBe(0)
  expect(interEyeDistance([{ x: 4, y: 4 }])).toBe(0)
})

describe('the measure', () => {
  const turned = (yaw: number) => interEyeMeasure(drawnView({ pose: { yaw, pitch: 0, roll: 0 } }))

  test('is the distance itself on a face into the camera', () => {
    expect(turned(0)).toEqual({ code: 'inter_eye_distance', iso: 0x52, native: 100, unit: 'pixels', quality: 82 })
  })

  test('makes up for a turn to either side', () => {
    expect(turned(60).native).toBeCloseTo(200, 6)
    expect(turned(-60).native).toBeCloseTo(200, 6)
  })

  test('cannot be measured from behind, nor without eyes', () => {
    expect(turned(120)).toMatchObject({ native: null, quality: null })
    expect(interEyeMeasure(drawnView({ landmarks: [] }))).toMatchObject({ native: null, quality: null })
  })

  test('grows with the image, and is the same wherever the face is', () => {
    const scale = fc.double({ min: 0.05, max: 3, noNaN: true })
    fc.assert(
      fc.property(
        scale,
        fc.integer({ min: -90, max: 90 }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (by, x, turn) => {
          const moved = movedView(drawnView(), by, { x, y: -x }, turn)
          expect(interEyeMeasure(moved).native).toBeCloseTo(100 * by, 6)
        },
      ),
    )
  })
})
