import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Pixels } from '../pixels.ts'
import { faceAt, flat, pixelAt } from './degrade-support.ts'
import { viewFromAbove } from './view-from-above.ts'

const FACE = faceAt(200, 200, 80)

/** Grey, with a white square of 7 pixels about each place. */
function marked(places: readonly { readonly x: number; readonly y: number }[]): Pixels {
  const image = flat(400, 400, 60)
  for (const { x, y } of places) {
    for (let row = y - 3; row <= y + 3; row += 1) {
      image.data.fill(255, (row * 400 + x - 3) * 3, (row * 400 + x + 4) * 3)
    }
  }
  return image
}

/** Middle of all that is brighter than the grey. */
function brightAt(image: Pixels): { readonly x: number; readonly y: number } {
  let [x, y, total] = [0, 0, 0]
  for (let place = 0; place < image.width * image.height; place += 1) {
    const value = Math.max(0, (image.data[place * 3] ?? 0) - 70)
    x += value * (place % image.width)
    y += value * Math.floor(place / image.width)
    total += value
  }
  return { x: x / total, y: y / total }
}

/** Where a mark is seen. */
function seen(x: number, y: number, degrees: number) {
  return brightAt(viewFromAbove(marked([{ x, y }]), FACE, degrees))
}

describe('viewFromAbove', () => {
  test.each([15, 35, 55])('at %i degrees the face is shorter by nearly the cosine', (degrees) => {
    const height = seen(200, 240, degrees).y - seen(200, 160, degrees).y
    expect(Math.abs(height / 80 - Math.cos((degrees * Math.PI) / 180))).toBeLessThan(0.03)
  })

  test('what is nearer, the forehead, is wider than the chin', () => {
    const width = (y: number) => seen(260, y, 45).x - seen(140, y, 45).x
    expect(width(140)).toBeGreaterThan(width(260) + 4)
    expect(width(200)).toBeGreaterThan(118)
    expect(width(200)).toBeLessThan(122)
  })

  test('the picture ends above the eyes, nearer to them the steeper the view', () => {
    const above = [15, 35, 55].map((degrees) => seen(200, 160, degrees).y)
    const [slight = 0, middling = 0, steep = 0] = above
    expect(slight).toBeGreaterThan(middling)
    expect(middling).toBeGreaterThan(steep)
    expect(steep).toBeGreaterThan(10)
  })

  test('0 degrees change nothing', () => {
    const image = marked([{ x: 30, y: 40 }])
    expect(viewFromAbove(image, FACE, 0)).toBe(image)
  })

  test('keeps the width and an even colour, wherever the face is and however small', () => {
    const place = fc.integer({ min: -20, max: 120 })
    fc.assert(
      fc.property(
        place,
        place,
        fc.integer({ min: 2, max: 90 }),
        fc.integer({ min: 1, max: 60 }),
        (x, y, eyes, turn) => {
          const image = viewFromAbove(flat(100, 90, 143), faceAt(x, y, eyes), turn)
          expect(image.width).toBe(100)
          expect(image.data).toHaveLength(image.width * image.height * 3)
          expect(image.data.every((value) => value === 143)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a face without landmarks is refused', () => {
    expect(() => viewFromAbove(flat(9, 9, 1), { ...FACE, landmarks: [] }, 20)).toThrow(RangeError)
  })

  test('the rows that are cut are gone, not dark', () => {
    const image = viewFromAbove(flat(400, 400, 200), FACE, 55)
    expect(pixelAt(image, 200, 0)).toEqual([200, 200, 200])
    expect(image.height).toBeLessThan(250)
  })
})
