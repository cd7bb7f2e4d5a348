import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { halvePixels, type Pixels, pixelPyramid } from './pixels.ts'

const image = fc
  .record({ width: fc.integer({ min: 1, max: 17 }), height: fc.integer({ min: 1, max: 17 }) })
  .chain(({ width, height }) => {
    const length = width * height * 3
    return fc.uint8Array({ minLength: length, maxLength: length }).map((data): Pixels => ({ width, height, data }))
  })

function grey(width: number, height: number, values: readonly number[]): Pixels {
  return { width, height, data: Uint8Array.from(values.flatMap((value) => [value, value, value])) }
}

describe('halvePixels', () => {
  test('each pixel is the mean of the four it stands for', () => {
    expect(halvePixels(grey(2, 2, [0, 100, 200, 100]))).toEqual(grey(1, 1, [100]))
  })

  test('edges are rounded up; the odd row and column count for themselves', () => {
    expect(halvePixels(grey(3, 1, [10, 20, 70]))).toEqual(grey(2, 1, [15, 70]))
    expect(halvePixels(grey(1, 3, [10, 20, 70]))).toEqual(grey(1, 2, [15, 70]))
  })

  test('stays within the darkest and the brightest value', () => {
    fc.assert(
      fc.property(image, (full) => {
        const half = halvePixels(full)
        expect(half.width).toBe(Math.ceil(full.width / 2))
        expect(half.data).toHaveLength(half.width * half.height * 3)
        expect(Math.max(...half.data)).toBeLessThanOrEqual(Math.max(...full.data))
        expect(Math.min(...half.data)).toBeGreaterThanOrEqual(Math.min(...full.data))
      }),
    )
  })

  test('colours are kept apart', () => {
    const red: Pixels = { width: 2, height: 2, data: Uint8Array.from([9, 0, 0, 9, 0, 0, 9, 0, 0, 9, 0, 0]) }
    expect([...halvePixels(red).data]).toEqual([9, 0, 0])
  })
})

describe('pixelPyramid', () => {
  test('level 0 is the image itself, every next one half of it', () => {
    const full = grey(
      5,
      4,
      Array.from({ length: 20 }, (_, index) => index),
    )
    const pyramid = pixelPyramid(full)
    expect(pyramid.level(0)).toBe(full)
    expect(pyramid.level(2)).toEqual(halvePixels(halvePixels(full)))
    expect(pyramid.level(1)).toBe(pyramid.level(1))
    expect(pyramid.width).toBe(5)
  })

  test('ends at one pixel, however deep', () => {
    expect(pixelPyramid(grey(3, 3, Array(9).fill(7))).level(12)).toEqual(grey(1, 1, [7]))
  })
})
