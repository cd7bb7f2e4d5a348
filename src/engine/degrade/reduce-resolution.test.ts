import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chequered, flat, pixelAt, spread } from './degrade-support.ts'
import { reduceResolution } from './reduce-resolution.ts'

describe('reduceResolution', () => {
  test.each([24, 20, 16, 12, 8])('brings eyes 48 pixels apart to %i', async (wanted) => {
    const small = await reduceResolution(flat(480, 240, 90), 48, wanted)
    expect([small.width, small.height]).toEqual([wanted * 10, wanted * 5])
    expect(small.data).toHaveLength(small.width * small.height * 3)
  })

  test('never enlarges: a face that has no more pixels than asked for stays as it is', async () => {
    const image = chequered(20, 20, 3)
    expect(await reduceResolution(image, 16, 16)).toBe(image)
    expect(await reduceResolution(image, 16, 48)).toBe(image)
    expect(await reduceResolution(image, 16, Number.POSITIVE_INFINITY)).toBe(image)
  })

  test('takes the mean of what a pixel covers, so that fine detail is gone and not folded into coarse', async () => {
    const small = await reduceResolution(chequered(400, 400, 1), 100, 10)
    expect(spread(small).mean).toBeGreaterThan(120)
    expect(spread(small).mean).toBeLessThan(135)
    expect(spread(small).deviation).toBeLessThan(12)
  })

  test('keeps the colour of an even image, at any size', async () => {
    const colours = fc.integer({ min: 0, max: 255 })
    await fc.assert(
      fc.asyncProperty(colours, fc.integer({ min: 1, max: 60 }), async (value, wanted) => {
        const small = await reduceResolution(flat(61, 37, value), 60, wanted)
        expect(pixelAt(small, 0, 0)).toEqual([value, value, value])
        expect(small.width).toBe(Math.max(1, Math.round((61 * wanted) / 60)))
      }),
      { numRuns: 30 },
    )
  })
})
