import { type LightHistogram, lightMean } from './face-light.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

export function luminanceVariance(light: LightHistogram | null): QualityMeasure {
  return measured('luminance_variance', light && varianceOf(light))
}

function varianceOf(light: LightHistogram): number {
  const mean = lightMean(light)
  return light.reduce((sum, share, step) => sum + share * (step / 255 - mean) ** 2, 0)
}
