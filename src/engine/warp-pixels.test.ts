import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PixelPyramid, type Pixels, pixelPyramid } from './pixels.ts'
import { applyTransform, placeTransform } from './similarity-transform.ts'
import { gradientPixels } from './test-support.ts'
import { warpToInput } from './warp-pixels.ts'
import type { WeightInput } from './weight-record.ts'

const RGB: WeightInput = { width: 8, height: 8, colour: 'RGB', subtract: 0, divide: 1 }
const ORIGIN = { x: 0, y: 0 }

/** The value of one colour plane at a column and row. */
function at(planes: Float32Array, plane: number, column: number, row: number, size = 8): number {
  return planes[plane * size * size + row * size + column] ?? Number.NaN
}

describe('warpToInput', () => {
  const pyramid = pixelPyramid(gradientPixels(8, 8))

  test('without a transform gives the pixels themselves, colour by colour', () => {
    const planes = warpToInput(pyramid, placeTransform(ORIGIN, ORIGIN, 1, 0), RGB)
    expect(at(planes, 0, 7, 0)).toBe(255)
    expect(at(planes, 0, 0, 7)).toBe(0)
    expect(at(planes, 1, 0, 7)).toBe(255)
    expect(at(planes, 2, 3, 3)).toBe(128)
  })

  test('BGR changes the first plane with the last', () => {
    const identity = placeTransform(ORIGIN, ORIGIN, 1, 0)
    const rgb = warpToInput(pyramid, identity, RGB)
    const bgr = warpToInput(pyramid, identity, { ...RGB, colour: 'BGR' })
    expect(bgr.subarray(0, 64)).toEqual(rgb.subarray(128))
    expect(bgr.subarray(64, 128)).toEqual(rgb.subarray(64, 128))
    expect(bgr.subarray(128)).toEqual(rgb.subarray(0, 64))
  })

  test('values are brought to the range that the manifest names', () => {
    const planes = warpToInput(pyramid, placeTransform(ORIGIN, ORIGIN, 1, 0), { ...RGB, subtract: 127, divide: 128 })
    expect(at(planes, 0, 0, 0)).toBeCloseTo(-127 / 128, 6)
    expect(at(planes, 0, 7, 0)).toBeCloseTo(1, 6)
  })

  test('outside the image is black', () => {
    const beside = warpToInput(pyramid, placeTransform(ORIGIN, { x: 100, y: 0 }, 1, 0), RGB)
    expect(Math.max(...beside)).toBe(0)
    const half = warpToInput(pyramid, placeTransform(ORIGIN, { x: -4, y: 0 }, 1, 0), RGB)
    expect(at(half, 2, 3, 4)).toBe(0)
    expect(at(half, 2, 4, 4)).toBe(128)
  })

  test('a place between pixels is their mean', () => {
    const shifted = warpToInput(pyramid, placeTransform(ORIGIN, { x: 0.5, y: 0 }, 1, 0), RGB)
    expect(at(shifted, 0, 0, 0)).toBeCloseTo((0 + 36) / 2, 4)
  })

  test('half a turn about the middle puts the last pixel first', () => {
    const middle = { x: 4, y: 4 }
    const turned = warpToInput(pyramid, placeTransform(middle, middle, 1, Math.PI), RGB)
    expect(at(turned, 0, 0, 0)).toBeCloseTo(255, 3)
    expect(at(turned, 1, 0, 0)).toBeCloseTo(255, 3)
    expect(at(turned, 0, 7, 7)).toBeCloseTo(0, 3)
  })

  test('a constant image stays constant at every scale and angle', () => {
    const flat = pixelPyramid({ width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(90) })
    for (const scale of [0.3, 1, 1.3, 2.2, 5.1]) {
      const planes = warpToInput(flat, placeTransform({ x: 4, y: 4 }, { x: 32, y: 32 }, scale, 0.4), RGB)
      for (const value of planes) expect(value).toBeCloseTo(90, 3)
    }
  })

  test('detail finer than an input pixel becomes grey, not stripes', () => {
    const striped = new Uint8Array(256 * 256 * 3)
    for (let pixel = 0; pixel < 256 * 256; pixel += 1) striped.fill(pixel % 2 === 0 ? 255 : 0, pixel * 3, pixel * 3 + 3)
    const pyramidOfStripes = pixelPyramid({ width: 256, height: 256, data: striped })
    for (const scale of [2, 3, 6.5, 16]) {
      const size = { x: 4 * scale, y: 4 * scale }
      const planes = warpToInput(
        pyramidOfStripes,
        placeTransform({ x: 4, y: 4 }, { x: 128 + size.x / 9, y: 128 }, scale, 0),
        RGB,
      )
      for (const value of planes) expect(Math.abs(value - 128)).toBeLessThan(2)
    }
  })

  test('each place is the bilinear value of the image, however the view is turned and scaled', () => {
    const image = pixelPyramid(noise(23, 17))
    const scale = fc.double({ min: 0.05, max: 1.6, noNaN: true })
    const angle = fc.double({ min: -4, max: 4, noNaN: true })
    const place = fc.record({
      x: fc.double({ min: -6, max: 30, noNaN: true }),
      y: fc.double({ min: -6, max: 24, noNaN: true }),
    })
    fc.assert(
      fc.property(scale, angle, place, (size, turn, middle) => {
        const toImage = placeTransform({ x: 4, y: 4 }, middle, size, turn)
        const planes = warpToInput(image, toImage, RGB)
        for (const [column, row] of [
          [0, 0],
          [7, 0],
          [3, 5],
          [7, 7],
        ] as const) {
          const { x, y } = applyTransform(toImage, { x: column + 0.5, y: row + 0.5 })
          for (const colour of [0, 1, 2]) {
            expect(at(planes, colour, column, row)).toBeCloseTo(bilinear(image.level(0), x, y, colour), 2)
          }
        }
      }),
    )
  })
})

/** The value between the middles of the four nearest pixels, written out; outside is black. */
function bilinear({ width, height, data }: Pixels, x: number, y: number, colour: number): number {
  const pixel = (column: number, row: number) => {
    const inside = column >= 0 && row >= 0 && column < width && row < height
    return inside ? (data[(row * width + column) * 3 + colour] ?? 0) : 0
  }
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)]
  const [right, below] = [x - 0.5 - left, y - 0.5 - top]
  const line = (row: number) => pixel(left, row) * (1 - right) + pixel(left + 1, row) * right
  return line(top) * (1 - below) + line(top + 1) * below
}

function noise(width: number, height: number): Pixels {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 7919) % 251)
  return { width, height, data }
}

describe('the level of the pyramid that is sampled', () => {
  const pyramid = pixelPyramid(noise(256, 256))

  function levelFor(scale: number, angle = 0): number {
    const asked: number[] = []
    const watched: PixelPyramid = {
      ...pyramid,
      level: (number) => {
        asked.push(number)
        return pyramid.level(number)
      },
    }
    warpToInput(watched, placeTransform({ x: 4, y: 4 }, { x: 128, y: 128 }, scale, angle), RGB)
    expect(asked).toHaveLength(1)
    return asked[0] ?? -1
  }

  test.each([
    [0.05, 0],
    [1, 0],
    [1.62, 0],
    [1.63, 1],
    [2, 1],
    [3.24, 1],
    [3.26, 2],
    [6.5, 3],
    [16, 4],
  ])('at %f image pixels for one input pixel is number %i', (scale, level) => {
    expect(levelFor(scale)).toBe(level)
  })

  test('follows the scale, not the angle, and leaves 0.8 to 1.63 of its pixels for one input pixel', () => {
    const scale = fc.double({ min: 0.82, max: 30, noNaN: true })
    fc.assert(
      fc.property(scale, fc.double({ min: -4, max: 4, noNaN: true }), (size, angle) => {
        const left = size / 2 ** levelFor(size, angle)
        expect(left).toBeGreaterThan(0.81)
        expect(left).toBeLessThan(1.63)
      }),
      { numRuns: 40 },
    )
  })
})
