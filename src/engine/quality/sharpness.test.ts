import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Pixels } from '../pixels.ts'
import { facePatch } from './face-patch.ts'
import { drawnView, movedView, paint } from './face-view.fixture.ts'
import { sharpness } from './sharpness.ts'

/** Wavelengths of a texture, pixels: detail of every size, as skin and hair have it. */
const WAVES = [7, 10, 14, 20, 28, 40, 57]

/** A face of spots of many sizes: as bright as `level`, as strong as `depth`. */
function spotted(level = 128, depth = 100): Pixels {
  return paint((x, y) => {
    const wave = (length: number, place: number) =>
      Math.sin((2 * Math.PI * x) / length + place) * Math.sin((2 * Math.PI * y) / length + 2 * place)
    const sum = WAVES.reduce((total, length, place) => total + wave(length, place), 0)
    return Array(3).fill(level + (depth * sum) / WAVES.length) as [number, number, number]
  })
}

async function blurred({ data, width, height }: Pixels, sigma: number): Promise<Pixels> {
  const image = sharp(data, { raw: { width, height, channels: 3 } }).blur(sigma)
  return { width, height, data: new Uint8Array(await image.raw().toBuffer()) }
}

const measured = (pixels: Pixels) => sharpness(facePatch(drawnView({ pixels })))

describe('sharpness', () => {
  test('is a measure of our own', () => {
    expect(measured(spotted())).toMatchObject({ code: 'sharpness', iso: 0 })
  })

  test('falls with every blur', async () => {
    const pixels = spotted()
    const values = [measured(pixels).native ?? -1]
    for (const sigma of [1, 1.5, 2, 3, 4, 6]) values.push(measured(await blurred(pixels, sigma)).native ?? -1)
    for (const [place, value] of values.slice(1).entries()) expect(value).toBeLessThan(values[place] ?? 0)
  })

  test('neither a darker nor a flatter picture is less sharp', () => {
    const full = measured(spotted(128, 100)).native ?? -1
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 190 }), fc.integer({ min: 40, max: 60 }), (level, depth) => {
        expect(measured(spotted(level, depth)).native).toBeCloseTo(full, 1)
      }),
      { numRuns: 8 },
    )
  })

  test('an enlarged picture is not as sharp as one taken at that size', async () => {
    const { data, width, height } = spotted()
    const small = sharp(data, { raw: { width, height, channels: 3 } }).resize(100, 125)
    const large = sharp(await small.png().toBuffer()).resize(width, height, { kernel: 'cubic' })
    const enlarged = { width, height, data: new Uint8Array(await large.removeAlpha().raw().toBuffer()) }
    expect(measured(enlarged).native).toBeLessThan((measured(spotted()).native ?? 0) * 0.8)
  })

  test('a face of one colour, one outside the image and one that is not there cannot be judged', () => {
    const flat = sharpness(facePatch(drawnView()))
    const outside = sharpness(facePatch(movedView(drawnView({ pixels: spotted() }), 1, { x: 3000, y: 0 })))
    for (const measure of [flat, outside, sharpness(null)])
      expect(measure).toMatchObject({ native: null, quality: null })
  })
})
