import type { Pixels } from '../pixels.ts'
import type { SeededRandom } from './seeded-random.ts'

const MIDDLE = 128

/**
 * Sensor noise, each byte for itself: half of the variance grows with the light (as of photons,
 * near to Poisson), half is the same everywhere (as of the amplifier).
 * @param deviation standard deviation at middle grey, in steps of a byte
 */
export function addNoise({ width, height, data }: Pixels, deviation: number, random: SeededRandom): Pixels {
  if (deviation === 0) return { width, height, data }
  const ofLight = Float64Array.from({ length: 256 }, (_, value) => deviation * Math.sqrt((1 + value / MIDDLE) / 2))
  const noisy = new Uint8Array(data.length)
  for (let place = 0; place < data.length; place += 1) {
    const value = data[place] as number
    noisy[place] = Math.max(0, Math.min(255, Math.round(value + (ofLight[value] as number) * random.normal())))
  }
  return { width, height, data: noisy }
}
