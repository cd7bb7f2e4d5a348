import { type CheekZone, cheekZones } from './cheek-zones.ts'
import type { FacePatch } from './face-patch.ts'
import type { FaceView } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Samples along a cheek's side: as many pixels as the side has in the aligned face of ISO/IEC 29794-5. */
const SAMPLES = 33

/** How far the luminances of both cheeks overlap: 1 when spread alike, 0 when they share no shade. */
export function illuminationUniformity(view: FaceView, patch: FacePatch | null): QualityMeasure {
  const zones = patch && cheekZones(view, patch)
  return measured('illumination_uniformity', zones && overlap(cheekLight(patch, zones[0]), cheekLight(patch, zones[1])))
}

function overlap(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, share, step) => sum + Math.min(share, right[step] ?? 0), 0)
}

function cheekLight({ luminance, size }: FacePatch, zone: CheekZone): Float64Array {
  const histogram = new Float64Array(256)
  for (let row = 0; row < SAMPLES; row += 1) {
    for (let column = 0; column < SAMPLES; column += 1) {
      const x = zone.left + (zone.size * (column + 0.5)) / SAMPLES - 0.5
      const y = zone.top + (zone.size * (row + 0.5)) / SAMPLES - 0.5
      const step = Math.round(bilinear(luminance, size, Math.max(0, x), Math.max(0, y)))
      histogram[step] = (histogram[step] as number) + 1 / (SAMPLES * SAMPLES)
    }
  }
  return histogram
}

function bilinear(values: Uint8Array, width: number, x: number, y: number): number {
  const first = Math.floor(y) * width + Math.floor(x)
  const [right, below] = [x % 1, y % 1]
  const at = (place: number) => values[place] ?? 0
  const upper = at(first) * (1 - right) + at(first + 1) * right
  const lower = at(first + width) * (1 - right) + at(first + width + 1) * right
  return upper * (1 - below) + lower * below
}
