import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blazeAnchors, readBlazeOutput } from './blaze-face.ts'
import { placeTransform } from './similarity-transform.ts'

const SAME = placeTransform({ x: 0, y: 0 }, { x: 0, y: 0 }, 1, 0)

/** Output of a network that is sure of one anchor and of nothing else. */
function outputFor(anchors: number, sure: number, values: readonly number[], score = 4) {
  const output = { values: new Float32Array(anchors * 16), scores: new Float32Array(anchors).fill(-9) }
  output.values.set(values, sure * 16)
  output.scores[sure] = score
  return output
}

describe('blazeAnchors', () => {
  test('short range: 2 in each of 16 x 16 cells, then 6 in each of 8 x 8', () => {
    const anchors = blazeAnchors(128)
    expect(anchors).toHaveLength(896)
    expect(anchors[0]).toEqual({ x: 4, y: 4 })
    expect(anchors[1]).toEqual({ x: 4, y: 4 })
    expect(anchors[2]).toEqual({ x: 12, y: 4 })
    expect(anchors[511]).toEqual({ x: 124, y: 124 })
    expect(anchors[512]).toEqual({ x: 8, y: 8 })
    expect(anchors[895]).toEqual({ x: 120, y: 120 })
  })

  test('full range: one in each of 48 x 48 cells', () => {
    const anchors = blazeAnchors(192)
    expect(anchors).toHaveLength(2304)
    expect(anchors[0]).toEqual({ x: 2, y: 2 })
    expect(anchors[49]).toEqual({ x: 6, y: 6 })
  })

  test('no other size is known', () => {
    expect(blazeAnchors(256)).toEqual([])
  })
})

describe('readBlazeOutput', () => {
  const anchors = blazeAnchors(128)
  const values = [2, -2, 40, 60, ...Array.from({ length: 12 }, (_, index) => index)]

  test('reads centre, size and points relative to the anchor', () => {
    const [face, ...others] = readBlazeOutput(outputFor(896, 2, values), anchors, SAME, 1)
    expect(others).toEqual([])
    expect(face?.box.x).toBeCloseTo(12 + 2 - 20)
    expect(face?.box.y).toBeCloseTo(4 - 2 - 30)
    expect(face?.box.width).toBeCloseTo(40)
    expect(face?.box.height).toBeCloseTo(60)
    expect(face?.points[1]).toEqual({ x: 12 + 2, y: 4 + 3 })
    expect(face?.detector).toBe(1)
  })

  test('the score is the logistic function of the output', () => {
    const [face] = readBlazeOutput(outputFor(896, 2, values, 1), anchors, SAME, 0)
    expect(face?.score).toBeCloseTo(0.7311, 4)
  })

  test('a score below one half is no face', () => {
    expect(readBlazeOutput(outputFor(896, 2, values, -0.01), anchors, SAME, 0)).toEqual([])
  })

  test('a box without size is no face', () => {
    expect(readBlazeOutput(outputFor(896, 2, [0, 0, -3, 20]), anchors, SAME, 0)).toEqual([])
  })

  test('boxes and points are brought to the image; a quarter turn swaps width and height', () => {
    const turned = placeTransform({ x: 0, y: 0 }, { x: 100, y: 50 }, 2, Math.PI / 2)
    const [face] = readBlazeOutput(outputFor(896, 2, values), anchors, turned, 0)
    expect(face?.box.width).toBeCloseTo(120)
    expect(face?.box.height).toBeCloseTo(80)
    expect(face?.side).toBeCloseTo(120)
    // The point (14, 7): x' = 100 - 2 * 7, y' = 50 + 2 * 14.
    expect(face?.points[1]?.x).toBeCloseTo(86)
    expect(face?.points[1]?.y).toBeCloseTo(78)
  })

  test('the side is the longer edge as the network saw it: no turn makes it longer, a scale does', () => {
    const angle = fc.double({ min: -4, max: 4, noNaN: true })
    const scale = fc.double({ min: 0.1, max: 20, noNaN: true })
    fc.assert(
      fc.property(angle, scale, (turn, size) => {
        const toImage = placeTransform({ x: 64, y: 64 }, { x: 300, y: 200 }, size, turn)
        const [face] = readBlazeOutput(outputFor(896, 2, values), anchors, toImage, 0)
        expect(face?.side).toBeCloseTo(60 * size, 6)
        expect(Math.max(face?.box.width ?? 0, face?.box.height ?? 0)).toBeGreaterThanOrEqual(60 * size * 0.94)
      }),
    )
  })

  test('half-way between two quarter turns the box in the image is larger than the side', () => {
    const square = [0, 0, 40, 40]
    const turned = placeTransform({ x: 12, y: 4 }, { x: 100, y: 100 }, 1, Math.PI / 4)
    const [face] = readBlazeOutput(outputFor(896, 2, square), anchors, turned, 0)
    expect(face?.side).toBeCloseTo(40)
    expect(face?.box.width).toBeCloseTo(40 * Math.SQRT2)
  })
})
