import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alignFace } from './align-face.ts'
import { featureRecord } from './embedder-record.ts'
import { pixelPyramid } from './pixels.ts'
import { applyTransform, placeTransform } from './similarity-transform.ts'
import type { EmbedderRecord } from './weight-record.ts'

const PLAIN: EmbedderRecord = { ...featureRecord, input: { ...featureRecord.input, subtract: 0, divide: 1 } }
const SIZE = 112

/** A grey image with a bright square of 2 x `half` pixels around each place. */
function dotted(width: number, height: number, places: readonly { x: number; y: number }[], half: number) {
  const data = new Uint8Array(width * height * 3).fill(20)
  for (const { x, y } of places) {
    for (let row = Math.round(y - half); row < Math.round(y + half); row += 1) {
      for (let column = Math.round(x - half); column < Math.round(x + half); column += 1) {
        data.fill(250, (row * width + column) * 3, (row * width + column) * 3 + 3)
      }
    }
  }
  return pixelPyramid({ width, height, data })
}

describe('alignFace', () => {
  const scale = fc.double({ min: 0.8, max: 4, noNaN: true })
  const angle = fc.double({ min: -3, max: 3, noNaN: true })

  test('brings each landmark onto its template point, whatever the size and turn in the image', () => {
    fc.assert(
      fc.property(scale, angle, (size, turn) => {
        const inImage = placeTransform({ x: SIZE / 2, y: SIZE / 2 }, { x: 300, y: 300 }, size, turn)
        const landmarks = PLAIN.alignment.points.map(({ x, y }) => applyTransform(inImage, { x: x + 0.5, y: y + 0.5 }))
        const planes = alignFace(dotted(600, 600, landmarks, Math.max(2, 2 * size)), landmarks, PLAIN)
        for (const { x, y } of PLAIN.alignment.points) {
          expect(planes[Math.round(y) * SIZE + Math.round(x)]).toBeGreaterThan(150)
        }
        expect(planes[5 * SIZE + 5]).toBeCloseTo(20, 1)
      }),
      { numRuns: 40 },
    )
  })

  test('gives three planes in the range of the embedder', () => {
    const landmarks = PLAIN.alignment.points
    const planes = alignFace(dotted(SIZE, SIZE, landmarks, 3), landmarks, featureRecord)
    expect(planes).toHaveLength(3 * SIZE * SIZE)
    expect(Math.max(...planes)).toBeLessThanOrEqual((255 - 127) / 128)
    expect(Math.min(...planes)).toBeGreaterThanOrEqual(-127 / 128)
  })

  test('landmarks that are all one point cannot be aligned', () => {
    const one = Array.from({ length: 5 }, () => ({ x: 3, y: 3 }))
    expect(() => alignFace(dotted(8, 8, [], 1), one, PLAIN)).toThrow(RangeError)
  })
})
