import { describe, expect, test } from 'vitest'
import { type FaceMeasures, limitationsOf } from './limitations.ts'

const GOOD: FaceMeasures = {
  interEyePixels: 90,
  pose: { yaw: 0, pitch: 0, roll: 0 },
  box: { x: 100, y: 100, width: 200, height: 200 },
  imageWidth: 600,
  imageHeight: 600,
}

function sentences(change: Partial<FaceMeasures>): readonly string[] {
  return limitationsOf({ ...GOOD, ...change }, 16)
}

describe('limitationsOf', () => {
  test('a good face has none', () => {
    expect(sentences({})).toEqual([])
  })

  test.each([
    [69.9, ['The eyes are 69 pixels apart; below 70 pixels detail for comparison is limited.']],
    [24, ['The eyes are 24 pixels apart; below 70 pixels detail for comparison is limited.']],
    [15.9, ['The eyes are 15 pixels apart; below 16 pixels a search misses more often.']],
    [70, []],
  ])('eyes %f pixels apart', (interEyePixels, expected) => {
    expect(sentences({ interEyePixels })).toEqual(expected)
  })

  test.each([
    [{ yaw: 38.2, pitch: 0, roll: 0 }, 'The face is turned 38 degrees to the side.'],
    [{ yaw: -38.2, pitch: 0, roll: 0 }, 'The face is turned 38 degrees to the side.'],
    [{ yaw: 0, pitch: 25, roll: 0 }, 'The face is turned 25 degrees downwards.'],
    [{ yaw: 0, pitch: -25, roll: 0 }, 'The face is turned 25 degrees upwards.'],
    [{ yaw: 0, pitch: 0, roll: -90 }, 'The head is tilted 90 degrees in the image.'],
  ])('a turned face: %o', (pose, expected) => {
    expect(sentences({ pose })).toEqual([expected])
  })

  test('a face that is cut by the image edge', () => {
    expect(sentences({ box: { x: -50, y: 100, width: 200, height: 200 } })).toEqual([
      'Part of the face lies outside the image.',
    ])
    expect(sentences({ box: { x: -10, y: 100, width: 200, height: 200 } })).toEqual([])
  })

  test('several limitations are all said', () => {
    expect(sentences({ interEyePixels: 20, pose: { yaw: 50, pitch: 30, roll: 40 } })).toHaveLength(4)
  })

  test('every sentence is one: a capital at the start, a full stop at the end', () => {
    for (const sentence of sentences({ interEyePixels: 3, pose: { yaw: 50, pitch: 30, roll: 40 } })) {
      expect(sentence).toMatch(/^[A-Z][^.]*\.$/)
    }
  })
})
