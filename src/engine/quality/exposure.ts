import { type LightHistogram, lightShare } from './face-light.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Luminance up to this is dark, of 255. */
const DARK_TO = 25
/** Luminance from this on is blown out. */
const BRIGHT_FROM = 247

/** Share of the face that is too dark to show detail. */
export function underExposure(light: LightHistogram | null): QualityMeasure {
  return measured('under_exposure', light && lightShare(light, 0, DARK_TO))
}

/** Share of the face that is too bright to show detail. */
export function overExposure(light: LightHistogram | null): QualityMeasure {
  return measured('over_exposure', light && lightShare(light, BRIGHT_FROM, 255))
}
