import { describe, expect, test } from 'vitest'
import { blurPixels } from './blur-pixels.ts'
import { chequered, flat, pixelAt, spread } from './degrade-support.ts'

/** Black to the left of the middle, white to the right. */
function edge(width: number, height: number) {
  const image = flat(width, height, 0)
  for (let y = 0; y < height; y += 1) image.data.fill(255, (y * width + width / 2) * 3, (y + 1) * width * 3)
  return image
}

describe('blurPixels', () => {
  test('the width of a blurred edge is the Gaussian asked for', async () => {
    const blurred = await blurPixels(edge(200, 21), 100, 0.1)
    // Ten pixels are one standard deviation: 84.1 of 100 of the light.
    expect((pixelAt(blurred, 109, 10)[0] ?? 0) / 255).toBeCloseTo(0.841, 1)
    expect((pixelAt(blurred, 90, 10)[0] ?? 0) / 255).toBeCloseTo(0.159, 1)
    expect(pixelAt(blurred, 5, 10)).toEqual([0, 0, 0])
  })

  test('depends on the distance between the eyes, so that large and small photographs suffer alike', async () => {
    const [small, large] = [await blurPixels(edge(100, 9), 50, 0.1), await blurPixels(edge(200, 9), 100, 0.1)]
    for (const x of [42, 46, 54, 58]) {
      expect(Math.abs((pixelAt(small, x, 4)[0] ?? 0) - (pixelAt(large, 2 * x, 4)[0] ?? 255))).toBeLessThan(16)
    }
  })

  test('more of it leaves less contrast, none of it changes nothing', async () => {
    const image = chequered(64, 64, 4)
    expect(await blurPixels(image, 40, 0)).toBe(image)
    expect(await blurPixels(image, 40, 0.007)).toBe(image)
    const contrasts = await Promise.all([0.02, 0.05, 0.1].map(async (share) => blurPixels(image, 40, share)))
    const [first = 0, second = 0, third = 0] = contrasts.map((blurred) => spread(blurred).deviation)
    expect(spread(image).deviation).toBeGreaterThan(first)
    expect(first).toBeGreaterThan(second)
    expect(second).toBeGreaterThan(third)
  })
})
