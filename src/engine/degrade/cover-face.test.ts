import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Pixels } from '../pixels.ts'
import { coverEyes, coverMouth, coverSide } from './cover-face.ts'
import { faceAt, flat, pixelAt } from './degrade-support.ts'

const PLAIN = flat(400, 400, 230)
const FACE = faceAt(200, 200, 60)
const covered = (image: Pixels, x: number, y: number) => pixelAt(image, x, y)[0] !== 230

/** Share of the pixels of the face box that were covered. */
function coveredShare(image: Pixels): number {
  let count = 0
  for (let y = 140; y < 260; y += 1) for (let x = 140; x < 260; x += 1) count += covered(image, x, y) ? 1 : 0
  return count / 120 ** 2
}

describe.each([
  ['coverEyes', coverEyes],
  ['coverMouth', coverMouth],
  ['coverSide', coverSide],
])('%s', (_, cover) => {
  test.each([0.1, 0.25, 0.5])('covers %f of the face box', (share) => {
    expect(coveredShare(cover(PLAIN, FACE, share))).toBeCloseTo(share, 1)
  })

  test('0 changes nothing, and the image given is never written to', () => {
    expect(cover(PLAIN, FACE, 0)).toBe(PLAIN)
    cover(PLAIN, FACE, 0.5)
    expect(PLAIN.data.every((value) => value === 230)).toBe(true)
  })

  test('a face that reaches out of the image is covered as far as the image goes', () => {
    const place = fc.integer({ min: -60, max: 160 })
    fc.assert(
      fc.property(place, place, fc.constantFrom(0.1, 0.3, 0.5), (x, y, share) => {
        const image = cover(flat(100, 100, 230), faceAt(x, y, 40), share)
        expect(image).toMatchObject({ width: 100, height: 100 })
        expect(image.data).toHaveLength(30_000)
      }),
    )
  })
})

test('a bar lies over both eyes and not over nose and mouth', () => {
  const image = coverEyes(PLAIN, FACE, 0.2)
  expect([covered(image, 170, 170), covered(image, 230, 170)]).toEqual([true, true])
  expect([covered(image, 200, 200), covered(image, 170, 230)]).toEqual([false, false])
})

test('a mask lies over the mouth and the chin and not over the eyes', () => {
  const image = coverMouth(PLAIN, FACE, 0.4)
  expect([covered(image, 170, 230), covered(image, 200, 265)]).toEqual([true, true])
  expect([covered(image, 170, 170), covered(image, 200, 200)]).toEqual([false, false])
})

test('half a side lies over one eye and not over the other', () => {
  const image = coverSide(PLAIN, FACE, 0.4)
  expect([covered(image, 170, 170), covered(image, 170, 230)]).toEqual([true, true])
  expect([covered(image, 230, 170), covered(image, 230, 230)]).toEqual([false, false])
})
