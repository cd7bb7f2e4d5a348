import type { Pixels } from '../pixels.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Electrons of a fully lit pixel, and of reading one out: a small sensor. */
const FULL_WELL = 2000
const READ_NOISE = 3

/** IEC 61966-2-1: what share of full light a byte stands for. */
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
})

/** The byte for a share of full light. */
function toByte(light: number): number {
  const share = Math.max(0, Math.min(1, light))
  const value = share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055
  return Math.round(255 * value)
}

/**
 * The scene with less light: fewer photons in linear light, their noise, and a camera whose gain
 * gives half of the lost stops back, so that the picture is both darker and noisier.
 * @param stops halvings of the light, 0 or more
 */
export function dimLight({ width, height, data }: Pixels, stops: number, random: SeededRandom): Pixels {
  if (stops === 0) return { width, height, data }
  const light = FULL_WELL * 2 ** -stops
  const gain = 2 ** (stops / 2) / FULL_WELL
  const dimmed = new Uint8Array(data.length)
  for (let place = 0; place < data.length; place += 1) {
    const electrons = (LINEAR[data[place] as number] as number) * light
    const seen = electrons + Math.sqrt(electrons + READ_NOISE ** 2) * random.normal()
    dimmed[place] = toByte(seen * gain)
  }
  return { width, height, data: dimmed }
}
