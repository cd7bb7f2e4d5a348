import type { MeasureCode } from './quality-measure.ts'

/** How much one measure counts, and the quality it is taken to have where it could not be measured. */
export interface MeasureWeight {
  /** 0 or more, so that no better measure makes the whole worse. */
  readonly weight: number
  /** 0 to 100. */
  readonly neutral: number
}

export interface UnifiedWeights {
  readonly bias: number
  readonly measures: Readonly<Partial<Record<MeasureCode, MeasureWeight>>>
  /** For the length of the embedder's raw output, where it is given. */
  readonly norm: MeasureWeight
}

/**
 * Coefficients of the unified score. Measures that are not here do not count: a tilt is undone before
 * embedding; brightness, contrast and colour of skin differ between people whose photographs are as good.
 * The length of the embedding was checked on 1,897 mated searches (LFW View 1): its rank correlation with the
 * mate's score is .45, that of every other measure .12 or less there, where photographs are alike in size and pose.
 */
export const UNIFIED_WEIGHTS: UnifiedWeights = {
  bias: -15.4,
  measures: {
    inter_eye_distance: { weight: 2, neutral: 50 },
    pose_yaw: { weight: 2, neutral: 95 },
    pose_pitch: { weight: 1, neutral: 95 },
    sharpness: { weight: 2.5, neutral: 90 },
    illumination_uniformity: { weight: 0.5, neutral: 80 },
    under_exposure: { weight: 0.5, neutral: 100 },
    over_exposure: { weight: 0.5, neutral: 100 },
    dynamic_range: { weight: 0.5, neutral: 85 },
    inside_image: { weight: 1.5, neutral: 100 },
    compression: { weight: 0.5, neutral: 95 },
  },
  norm: { weight: 2, neutral: 3.7 },
}
