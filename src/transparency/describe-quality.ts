import { type FaceQuality, MEASURES, type MeasureCode } from '../engine/index.ts'

/** One component of the quality of a photograph, with its name. */
export interface DescribedMeasure {
  readonly code: string
  /** Number of the component in OFIQ; 0 for a measure of our own. */
  readonly iso: number
  readonly title: string
  /** In `unit`; null when it could not be measured. */
  readonly native: number | null
  readonly unit: string
  /** 0 (worst) to 100; null when it could not be measured. */
  readonly quality: number | null
}

export interface DescribedQuality {
  /** 0 (worst) to 100. */
  readonly unified: number
  readonly measures: readonly DescribedMeasure[]
}

/**
 * The quality of a face in the words of the card. Faces measured before quality was are null; a measure that this
 * version does not know is left out.
 */
export function describeQuality(quality: FaceQuality | undefined): DescribedQuality | null {
  if (quality === undefined) return null
  const measures = quality.measures.flatMap(({ code, iso, native, unit, quality: value }) => {
    return isKnown(code) ? [{ code, iso, title: MEASURES[code].title, native, unit, quality: value }] : []
  })
  return { unified: quality.unified, measures }
}

function isKnown(code: string): code is MeasureCode {
  return Object.hasOwn(MEASURES, code)
}
