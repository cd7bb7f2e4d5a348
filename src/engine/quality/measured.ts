import { QUALITY_OF } from './quality-mappings.ts'
import { MEASURES, type MeasureCode, type QualityMeasure } from './quality-measure.ts'

/** A measure with its quality; null and numbers that are not finite say that it could not be measured. */
export function measured(code: MeasureCode, native: number | null): QualityMeasure {
  const { iso, unit } = MEASURES[code]
  if (native === null || !Number.isFinite(native)) return { code, iso, native: null, unit, quality: null }
  return { code, iso, native, unit, quality: QUALITY_OF[code](native) }
}
