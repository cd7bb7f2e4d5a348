import type { LightHistogram } from './face-light.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Entropy of the face's luminance: 0 bits for one shade, 8 when all 256 are used alike. */
export function dynamicRange(light: LightHistogram | null): QualityMeasure {
  return measured('dynamic_range', light && entropyOf(light))
}

function entropyOf(light: LightHistogram): number {
  return light.reduce((sum, share) => (share > 0 ? sum - share * Math.log2(share) : sum), 0)
}
