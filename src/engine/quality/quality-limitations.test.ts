import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limitationsOf } from './limitations.ts'
import { measured } from './measured.ts'
import { qualityLimitations } from './quality-limitations.ts'
import { MEASURES, type MeasureCode } from './quality-measure.ts'

const said = (code: MeasureCode, native: number | null, turned = false) =>
  qualityLimitations([measured(code, native)], turned)

describe('qualityLimitations', () => {
  test.each([
    ['sharpness', 0.74, 'The face is blurred; fine detail is lost.'],
    ['luminance_mean', 0.029, 'The face is very dark; detail may be lost in the shadows.'],
    ['over_exposure', 0.12, '12 in 100 pixels of the face are over-exposed.'],
    ['illumination_uniformity', 0.09, 'The light is uneven: one side of the face is much darker than the other.'],
    ['natural_colour', 26, 'The face is not shown in natural colours.'],
    ['compression', 20, 'The file is strongly compressed (JPEG setting 20 of 100); fine detail is lost.'],
    ['eyes_open', 0.019, 'At least one eye is closed.'],
    ['mouth_closed', 0.21, 'The mouth is open.'],
    ['single_face', 0.51, 'Another face in the image is about as large; make sure that the right one is searched.'],
  ] as const)('%s of %f', (code, native, sentence) => {
    expect(said(code, native)).toEqual([sentence])
  })

  test.each([
    ['sharpness', 0.75],
    ['luminance_mean', 0.03],
    ['over_exposure', 0.049],
    ['illumination_uniformity', 0.1],
    ['natural_colour', 25],
    ['compression', 40],
    ['eyes_open', 0.02],
    ['mouth_closed', 0.2],
    ['single_face', 0.5],
  ] as const)('%s of %f is not worth a sentence, nor is one that was not measured', (code, native) => {
    expect(said(code, native)).toEqual([])
    expect(said(code, null)).toEqual([])
  })

  test.each(['illumination_uniformity', 'eyes_open'] as const)('%s says nothing about a face turned aside', (code) => {
    expect(said(code, 0)).toHaveLength(1)
    expect(said(code, 0, true)).toEqual([])
  })

  test('every sentence is one, and never uses a word that results may not have', () => {
    const codes = fc.constantFrom(...(Object.keys(MEASURES) as MeasureCode[]))
    fc.assert(
      fc.property(codes, fc.double({ min: 0, max: 100, noNaN: true }), (code, native) => {
        for (const sentence of said(code, native)) {
          expect(sentence).toMatch(/^([A-Z]|\d+ in 100 )[^.]*\.$/)
          expect(sentence).not.toMatch(/percent|confidence|match|%/i)
        }
      }),
    )
  })
})

describe('limitationsOf with measures', () => {
  const face = {
    interEyePixels: 90,
    pose: { yaw: 0, pitch: 0, roll: 0 },
    box: { x: 100, y: 100, width: 200, height: 200 },
    imageWidth: 600,
    imageHeight: 600,
  }

  test('a face cut by the border is said once, whether the box or the mesh tells', () => {
    const cut = [measured('inside_image', 0.8)]
    const sentence = ['Part of the face lies outside the image.']
    expect(limitationsOf(face, 16, cut)).toEqual(sentence)
    expect(limitationsOf({ ...face, box: { ...face.box, x: -100 } }, 16, cut)).toEqual(sentence)
    expect(limitationsOf(face, 16, [measured('inside_image', 0.95)])).toEqual([])
  })

  test('uneven light is not said of a face that is turned aside', () => {
    const uneven = [measured('illumination_uniformity', 0)]
    expect(limitationsOf(face, 16, uneven)).toHaveLength(1)
    expect(limitationsOf({ ...face, pose: { ...face.pose, yaw: -30 } }, 16, uneven)).toEqual([
      'The face is turned 30 degrees to the side.',
    ])
  })

  test('size and pose come before light and file', () => {
    const [first, second] = limitationsOf({ ...face, interEyePixels: 24 }, 16, [measured('compression', 9)])
    expect(first).toMatch(/^The eyes are 24 pixels apart;/)
    expect(second).toMatch(/JPEG setting 9 of 100/)
  })
})
