import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cheekZones, pixelsOf } from './cheek-zones.ts'
import { facePatch } from './face-patch.ts'
import { drawnView, movedView, onePaint, paint } from './face-view.fixture.ts'
import type { FaceView } from './face-view.ts'
import { illuminationUniformity } from './illumination-uniformity.ts'
import { naturalColour } from './natural-colour.ts'

const light = (view: FaceView) => illuminationUniformity(view, facePatch(view))
const colour = (view: FaceView) => naturalColour(view, facePatch(view))
const painted = (red: number, green: number, blue: number) => colour(drawnView({ pixels: onePaint(red, green, blue) }))

describe('cheek zones', () => {
  const view = drawnView()
  const patch = facePatch(view)
  const zones = patch && cheekZones(view, patch)

  test('are squares of 0.3 of the distance between the eyes, half-way down to the mouth', () => {
    const [left, right] = zones ?? []
    expect(left?.size).toBeCloseTo(10.8, 6)
    expect(left?.left).toBeCloseTo(62 - 10.8, 6)
    expect(right?.left).toBeCloseTo(98, 6)
    expect(left?.top).toBeCloseTo(64 + 18, 6)
    expect(right?.top).toBeCloseTo(82, 6)
  })

  test('hold about as many pixels as their area', () => {
    expect(pixelsOf({ left: 10, top: 20, size: 3 }, 160)).toEqual([
      3210, 3211, 3212, 3370, 3371, 3372, 3530, 3531, 3532,
    ])
  })

  test.each([
    ['a cheek outside the image', movedView(view, 1, { x: -180, y: 0 })],
    ['no landmarks of the mouth', { ...view, landmarks: view.landmarks.slice(0, 3) }],
    [
      'a mouth far below the patch',
      { ...view, landmarks: [...view.landmarks.slice(0, 3), { x: 160, y: 900 }, { x: 240, y: 900 }] },
    ],
  ])('with %s there are none', (_, change) => {
    const other = facePatch(change)
    expect(other && cheekZones(change, other)).toBeNull()
    expect(light(change)).toMatchObject({ native: null, quality: null })
    expect(colour(change)).toMatchObject({ native: null, quality: null })
  })
})

describe('illumination uniformity', () => {
  test('the same shade on both cheeks', () => {
    const measure = light(drawnView())
    expect(measure).toMatchObject({ code: 'illumination_uniformity', iso: 0x43, quality: 100 })
    expect(measure.native).toBeCloseTo(1, 6)
  })

  test('cheeks that share no shade', () => {
    const pixels = paint((x) => (x < 200 ? [60, 60, 60] : [200, 200, 200]))
    expect(light(drawnView({ pixels }))).toMatchObject({ native: 0, quality: 0 })
  })

  test('light from the side is worth less the steeper it falls off', () => {
    const lit = (slope: number) => {
      const pixels = paint(
        (x, y) => Array(3).fill(128 + slope * (x - 200) + ((x * 7 + y * 13) % 32)) as [number, number, number],
      )
      return light(drawnView({ pixels })).native ?? -1
    }
    const slopes = [0, 0.05, 0.1, 0.2].map(lit)
    expect(slopes).toEqual([...slopes].sort((one, other) => other - one))
    expect(slopes[0]).toBeGreaterThan(0.8)
    expect(slopes[3]).toBeLessThan(0.3)
  })

  test('without a patch nothing is measured', () => {
    expect(illuminationUniformity(drawnView(), null)).toMatchObject({ native: null, quality: null })
  })
})

describe('natural colour', () => {
  test.each([
    ['light skin', [224, 172, 150]],
    ['brown skin', [141, 85, 55]],
    ['dark skin', [80, 50, 38]],
  ] as const)('%s is natural', (_, [red, green, blue]) => {
    expect(painted(red, green, blue)).toMatchObject({ code: 'natural_colour', iso: 0x4b, native: 0, quality: 100 })
  })

  test.each([20, 64, 128, 200, 255])('grey of %i is none, as in a photograph without colour', (grey) => {
    expect(painted(grey, grey, grey)).toMatchObject({ native: 100, quality: 0 })
  })

  test.each([
    ['green', [60, 200, 60]],
    ['blue', [60, 60, 200]],
  ] as const)('%s light is none', (_, [red, green, blue]) => {
    expect(painted(red, green, blue)).toMatchObject({ native: 100, quality: 0 })
  })

  test('what is redder than skin is further away the redder it is', () => {
    const red = fc.integer({ min: 150, max: 255 })
    fc.assert(
      fc.property(red, red, (one, other) => {
        const at = (value: number) => painted(value, 60, 60).native ?? -1
        expect(at(Math.max(one, other))).toBeGreaterThanOrEqual(at(Math.min(one, other)))
      }),
      { numRuns: 10 },
    )
  })

  test('without a patch nothing is measured', () => {
    expect(naturalColour(drawnView(), null)).toMatchObject({ native: null, quality: null })
  })
})
