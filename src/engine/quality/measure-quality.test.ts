import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawnView, movedView, paint } from './face-view.fixture.ts'
import { measureQuality } from './measure-quality.ts'
import { MEASURES } from './quality-measure.ts'

const CODES = Object.keys(MEASURES)

describe('measureQuality', () => {
  test('gives every measure once, in the order of the table', () => {
    const { measures, unified } = measureQuality(drawnView())
    expect(measures.map(({ code }) => code)).toEqual(CODES)
    for (const { code, iso, unit } of measures)
      expect({ iso, unit }).toMatchObject({ iso: MEASURES[code].iso, unit: MEASURES[code].unit })
    expect(unified).toBeGreaterThan(0)
  })

  test('native value and quality are either both there or both missing', () => {
    const shift = fc.integer({ min: -3000, max: 3000 })
    const scale = fc.double({ min: 0.001, max: 50, noNaN: true })
    const turn = fc.double({ min: -4, max: 4, noNaN: true })
    fc.assert(
      fc.property(shift, shift, scale, turn, (x, y, by, radians) => {
        const { measures, unified } = measureQuality(movedView(drawnView(), by, { x, y }, radians))
        expect(measures).toHaveLength(CODES.length)
        for (const { native, quality } of measures) expect(native === null).toBe(quality === null)
        expect(unified >= 0 && unified <= 100).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('a face without a mesh or landmarks is measured where it can be', () => {
    const { measures } = measureQuality(drawnView({ mesh: [], landmarks: [] }))
    const known = measures.filter(({ quality }) => quality !== null).map(({ code }) => code)
    expect(known).toEqual(['pose_yaw', 'pose_pitch', 'pose_roll', 'single_face', 'compression'])
  })

  test.each([
    [1, 1],
    [1, 300],
    [300, 1],
    [2, 2],
  ])('an image of %i x %i pixels does not stop it', (width, height) => {
    const pixels = paint(() => [90, 80, 70], width, height)
    expect(measureQuality(drawnView({ pixels })).measures).toHaveLength(CODES.length)
  })
})
