import { type FacePatch, PATCH_INTER_EYE } from './face-patch.ts'
import { Zone } from './face-zones.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Pixels between the eyes where ISO/IEC 29794-5 takes the gradient; ours are fewer, so gradients are steeper. */
const ISO_INTER_EYE = 81
/** With fewer pixels than this there is no background to judge. */
const FEWEST_PIXELS = 300

/** Mean gradient (Scharr) of the luminance beside the head and above the chin; 0 for one even wall. */
export function backgroundUniformity(patch: FacePatch | null): QualityMeasure {
  if (patch === null) return measured('background_uniformity', null)
  const { luminance, zones, size } = patch
  let sum = 0
  let count = 0
  for (let row = 1; row < size - 1; row += 1) {
    for (let column = 1; column < size - 1; column += 1) {
      const place = row * size + column
      if (!allBackground(zones, place, size)) continue
      sum += scharr(luminance, place, size)
      count += 1
    }
  }
  return measured(
    'background_uniformity',
    count < FEWEST_PIXELS ? null : (sum / count) * (PATCH_INTER_EYE / ISO_INTER_EYE),
  )
}

/** The pixel and the four at its corners; zones have no holes, so the other neighbours are background too. */
function allBackground(zones: Uint8Array, place: number, size: number): boolean {
  if (zones[place] !== Zone.background) return false
  if (zones[place - size - 1] !== Zone.background || zones[place - size + 1] !== Zone.background) return false
  return zones[place + size - 1] === Zone.background && zones[place + size + 1] === Zone.background
}

function scharr(values: Uint8Array, place: number, size: number): number {
  const at = (across: number, down: number) => values[place + across + down * size] as number
  const x = 3 * (at(1, -1) - at(-1, -1) + at(1, 1) - at(-1, 1)) + 10 * (at(1, 0) - at(-1, 0))
  const y = 3 * (at(-1, 1) - at(-1, -1) + at(1, 1) - at(1, -1)) + 10 * (at(0, 1) - at(0, -1))
  return Math.hypot(x, y)
}
