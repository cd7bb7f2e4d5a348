import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pixelPyramid } from '../pixels.ts'
import { placeTransform } from '../similarity-transform.ts'
import { gradientPixels } from '../test-support.ts'
import { onePaint, paint } from './face-view.fixture.ts'
import { sampleSquare } from './sample-square.ts'

const ORIGIN = { x: 0, y: 0 }
const identity = placeTransform(ORIGIN, ORIGIN, 1, 0)

function at(colours: Uint8Array, size: number, column: number, row: number): readonly number[] {
  return [...colours.subarray((row * size + column) * 3, (row * size + column) * 3 + 3)]
}

describe('sampleSquare', () => {
  const pyramid = pixelPyramid(gradientPixels(8, 8))

  test('without a transform gives the pixels themselves', () => {
    const { colours, inside } = sampleSquare(pyramid, identity, 8)
    expect(at(colours, 8, 0, 0)).toEqual([0, 0, 128])
    expect(at(colours, 8, 3, 5)).toEqual([Math.round((255 * 3) / 7), Math.round((255 * 5) / 7), 128])
    expect(inside.every((value) => value === 1)).toBe(true)
  })

  test('outside the image the edge goes on, and is said to be outside', () => {
    const { colours, inside } = sampleSquare(pyramid, placeTransform(ORIGIN, { x: -4, y: 0 }, 1, 0), 8)
    expect(at(colours, 8, 0, 0)).toEqual([0, 0, 128])
    expect([...inside.subarray(0, 8)]).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
    const far = sampleSquare(pyramid, placeTransform(ORIGIN, { x: 1e6, y: -1e6 }, 1, 0), 8)
    expect(far.inside.some((value) => value === 1)).toBe(false)
  })

  test('a place between pixels is their mean', () => {
    const { colours } = sampleSquare(pyramid, placeTransform(ORIGIN, { x: 0.5, y: 0 }, 1, 0), 4)
    expect(at(colours, 4, 0, 0)[0]).toBe(18)
  })

  test('half a turn about the middle puts the last pixel first', () => {
    const middle = { x: 4, y: 4 }
    const { colours } = sampleSquare(pyramid, placeTransform(middle, middle, 1, Math.PI), 8)
    expect(
      at(colours, 8, 0, 0)
        .slice(0, 2)
        .every((value) => value >= 254),
    ).toBe(true)
    expect(
      at(colours, 8, 7, 7)
        .slice(0, 2)
        .every((value) => value <= 1),
    ).toBe(true)
  })

  test('one colour stays that colour at every scale and angle, inside and out', () => {
    const flat = pixelPyramid(onePaint(90, 120, 7))
    const scale = fc.double({ min: 0.05, max: 20, noNaN: true })
    fc.assert(
      fc.property(
        scale,
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.integer({ min: -300, max: 700 }),
        (by, turn, x) => {
          const { colours } = sampleSquare(flat, placeTransform({ x: 4, y: 4 }, { x, y: 200 }, by, turn), 8)
          for (let place = 0; place < 64; place += 1)
            expect([...colours.subarray(place * 3, place * 3 + 3)]).toEqual([90, 120, 7])
        },
      ),
    )
  })

  test('detail much finer than a pixel of the square becomes grey', () => {
    const striped = pixelPyramid(paint((x) => (x % 2 === 0 ? [255, 255, 255] : [0, 0, 0]), 256, 256))
    for (const scale of [2, 3, 6.5]) {
      const { colours } = sampleSquare(striped, placeTransform(ORIGIN, { x: 5, y: 5 }, scale, 0), 16)
      for (const value of colours) expect(Math.abs(value - 128)).toBeLessThan(3)
    }
  })
})
