import type { FacePatch } from './face-patch.ts'
import { Zone } from './face-zones.ts'

/** How the face's pixels are spread over the 256 steps of linear luminance; shares that add up to 1. */
export type LightHistogram = Float64Array

/** With fewer pixels than this a face has no light to speak of. */
const FEWEST_PIXELS = 200

/** Null when hardly any of the face lies in the image. */
export function faceLight({ luminance, zones }: FacePatch): LightHistogram | null {
  const histogram = new Float64Array(256)
  let count = 0
  for (let place = 0; place < luminance.length; place += 1) {
    if (zones[place] !== Zone.face) continue
    const step = luminance[place] as number
    histogram[step] = (histogram[step] as number) + 1
    count += 1
  }
  return count < FEWEST_PIXELS ? null : histogram.map((pixels) => pixels / count)
}

/** Share of the face with luminance from `first` to `last`, both included. */
export function lightShare(light: LightHistogram, first: number, last: number): number {
  return light.subarray(first, last + 1).reduce((sum, share) => sum + share, 0)
}

/** Mean luminance, 0 to 1. */
export function lightMean(light: LightHistogram): number {
  return light.reduce((sum, share, step) => sum + (share * step) / 255, 0)
}
