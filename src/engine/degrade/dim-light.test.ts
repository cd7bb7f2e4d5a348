import { describe, expect, test } from 'vitest'
import { flat, spread } from './degrade-support.ts'
import { dimLight } from './dim-light.ts'
import { seededRandom } from './seeded-random.ts'

describe('dimLight', () => {
  test('two stops less, one given back: half the light of middle grey', () => {
    // Byte 188 is half of full light (IEC 61966-2-1), byte 137 a quarter.
    const dimmed = spread(dimLight(flat(100, 100, 188), 2, seededRandom(1)))
    expect(Math.abs(dimmed.mean - 137)).toBeLessThan(2)
  })

  test('every stop makes the picture darker and, for its light, noisier', () => {
    const seen = [1, 2, 4, 6].map((stops) => spread(dimLight(flat(100, 100, 160), stops, seededRandom(2))))
    for (const [place, one] of seen.slice(0, -1).entries()) {
      const next = seen[place + 1] ?? one
      expect(next.mean).toBeLessThan(one.mean)
      expect(next.deviation / next.mean).toBeGreaterThan(one.deviation / one.mean)
    }
  })

  test('the noise is of the photons left', () => {
    // Half of full light at 2 stops: 250 electrons, noise sqrt(250 + 9) of them; as a share .0644 of linear
    // light, times the slope of the curve at that byte: about 137 / 2.4.
    const { deviation } = spread(dimLight(flat(200, 200, 188), 2, seededRandom(3)))
    expect(deviation).toBeGreaterThan(3.2)
    expect(deviation).toBeLessThan(4.8)
  })

  test('black stays black but for reading noise, and 0 stops change nothing', () => {
    expect(spread(dimLight(flat(50, 50, 0), 3, seededRandom(4))).mean).toBeLessThan(12)
    const image = flat(50, 50, 77)
    expect(dimLight(image, 0, seededRandom(4))).toEqual(image)
  })

  test('is the same for the same seed', () => {
    const image = flat(40, 40, 128)
    expect(dimLight(image, 4, seededRandom(5))).toEqual(dimLight(image, 4, seededRandom(5)))
    expect(dimLight(image, 4, seededRandom(6))).not.toEqual(dimLight(image, 4, seededRandom(5)))
  })
})
