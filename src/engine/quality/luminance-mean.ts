import { type LightHistogram, lightMean } from './face-light.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Mean luminance of the face; dark skin reflects less, so a low value alone is no fault of the photograph. */
export function luminanceMean(light: LightHistogram | null): QualityMeasure {
  return measured('luminance_mean', light && lightMean(light))
}
