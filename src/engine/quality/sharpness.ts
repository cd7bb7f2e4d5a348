import type { FacePatch } from './face-patch.ts'
import { Zone } from './face-zones.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** With fewer pixels than this a face shows no detail to judge. */
const FEWEST_PIXELS = 200

/**
 * How fine the detail of the face is: energy of the Laplacian against energy of the gradient, at the
 * scale where the eyes are 36 pixels apart. A measure of our own, in place of the random forest of
 * ISO/IEC 29794-5. Both energies grow alike with light and contrast, so neither dark skin nor a dark
 * photograph counts as blur; noise counts as detail, which it cannot tell apart.
 * Measured on FRLL (11 people, 95 pixels between the eyes): 1.3 to 1.6 as taken; Gaussian blur of
 * 2 pixels 0.8 to 1.1, of 3 pixels 0.6 to 0.8, of 4 pixels 0.5 to 0.7, of 6 pixels 0.4 to 0.6.
 * Its mapping: 0.75 is worth 50, 1 is worth 89, 0.5 is worth 11.
 */
export function sharpness(patch: FacePatch | null): QualityMeasure {
  return measured('sharpness', patch && fineness(brightnessOf(patch.colours), patch))
}

function fineness(values: Float32Array, { zones, size }: FacePatch): number | null {
  let fine = 0
  let coarse = 0
  let count = 0
  for (let place = 2 * size; place < values.length - 2 * size; place += 1) {
    // Two pixels away still face: the outline itself is no detail of it.
    if (zones[place - 2] !== Zone.face || zones[place + 2] !== Zone.face) continue
    if (zones[place - 2 * size] !== Zone.face || zones[place + 2 * size] !== Zone.face) continue
    const left = values[place - 1] as number
    const right = values[place + 1] as number
    const above = values[place - size] as number
    const below = values[place + size] as number
    fine += (4 * (values[place] as number) - left - right - above - below) ** 2
    coarse += ((right - left) / 2) ** 2 + ((below - above) / 2) ** 2
    count += 1
  }
  return count < FEWEST_PIXELS || coarse === 0 ? null : Math.sqrt(fine / coarse)
}

/** Luma as the file codes it (ITU-R BT.601), 0 to 255. */
function brightnessOf(colours: Uint8Array): Float32Array {
  const brightness = new Float32Array(colours.length / 3)
  for (let place = 0; place < brightness.length; place += 1) {
    const red = colours[3 * place] as number
    const green = colours[3 * place + 1] as number
    brightness[place] = 0.299 * red + 0.587 * green + 0.114 * (colours[3 * place + 2] as number)
  }
  return brightness
}
