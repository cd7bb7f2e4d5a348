import { describe, expect, test } from 'vitest'
import { addNoise } from './add-noise.ts'
import { flat, spread } from './degrade-support.ts'
import { seededRandom } from './seeded-random.ts'

describe('addNoise', () => {
  test.each([5, 10, 20])('has the deviation %i asked for at middle grey, and leaves the mean', (deviation) => {
    const noisy = spread(addNoise(flat(100, 100, 128), deviation, seededRandom(1)))
    expect(Math.abs(noisy.deviation - deviation)).toBeLessThan(0.03 * deviation + 0.1)
    expect(Math.abs(noisy.mean - 128)).toBeLessThan(0.5)
  })

  test('grows with the light: half of the variance at middle grey is of the light', () => {
    const [dark, light] = [64, 192].map((value) => spread(addNoise(flat(100, 100, value), 10, seededRandom(2))))
    expect(dark?.deviation).toBeCloseTo(10 * Math.sqrt((1 + 0.5) / 2), 0)
    expect(light?.deviation).toBeCloseTo(10 * Math.sqrt((1 + 1.5) / 2), 0)
  })

  test('stays within a byte', () => {
    const { data } = addNoise(flat(50, 50, 250), 80, seededRandom(3))
    // A byte array would wrap around to dark; cut at white, most of the upper half is white.
    const white = data.filter((value) => value === 255).length / data.length
    expect(white).toBeGreaterThan(0.35)
    expect(data.filter((value) => value < 20).length / data.length).toBeLessThan(0.02)
  })

  test('is the same for the same seed, and nothing at 0', () => {
    const image = flat(30, 30, 100)
    const noisy = addNoise(image, 20, seededRandom(4))
    expect(addNoise(image, 20, seededRandom(4))).toEqual(noisy)
    expect(addNoise(image, 20, seededRandom(5))).not.toEqual(noisy)
    expect(addNoise(image, 0, seededRandom(4))).toEqual(image)
  })
})
