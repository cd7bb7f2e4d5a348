/** One component of face image quality: two numbers, as ISO/IEC 29794-5 asks. */
export interface QualityMeasure {
  readonly code: MeasureCode
  /** Number of the component in OFIQ, the reference implementation of ISO/IEC 29794-5; 0 for a measure of our own. */
  readonly iso: number
  /** In `unit`; null when it could not be measured on this face. */
  readonly native: number | null
  readonly unit: string
  /** Whole number, 0 (worst) to 100; null when it could not be measured. */
  readonly quality: number | null
}

/** What is known about the quality of one face. */
export interface FaceQuality {
  /** One for each code of `MEASURES`, in that order. */
  readonly measures: readonly QualityMeasure[]
  /** 0 (worst) to 100: all measures in one number. */
  readonly unified: number
}

/** What each measure is called, and in what it is measured. Formulas: ISO/IEC 29794-5, or the measure's own file. */
export const MEASURES = {
  inter_eye_distance: { iso: 0x52, title: 'Distance between the eyes', unit: 'pixels' },
  pose_yaw: { iso: 0x58, title: 'Turned to the side', unit: 'degrees' },
  pose_pitch: { iso: 0x59, title: 'Turned up or down', unit: 'degrees' },
  pose_roll: { iso: 0x5a, title: 'Tilted in the image', unit: 'degrees' },
  sharpness: { iso: 0, title: 'Sharpness', unit: 'fine per coarse detail' },
  illumination_uniformity: { iso: 0x43, title: 'Even light on both cheeks', unit: 'share' },
  luminance_mean: { iso: 0x44, title: 'Brightness of the face', unit: 'share of full luminance' },
  luminance_variance: { iso: 0x45, title: 'Contrast of the face', unit: 'variance of luminance' },
  under_exposure: { iso: 0x46, title: 'No part of the face too dark', unit: 'share of the face' },
  over_exposure: { iso: 0x47, title: 'No part of the face too bright', unit: 'share of the face' },
  dynamic_range: { iso: 0x48, title: 'Dynamic range of the face', unit: 'bits' },
  natural_colour: { iso: 0x4b, title: 'Natural colour', unit: 'CIELAB distance' },
  eyes_open: { iso: 0x4d, title: 'Eyes open', unit: 'share of eye-to-chin length' },
  mouth_closed: { iso: 0x4e, title: 'Mouth closed', unit: 'share of eye-to-chin length' },
  single_face: { iso: 0x4c, title: 'No other large face', unit: 'area of the largest other face' },
  head_size: { iso: 0x53, title: 'Size of the head in the image', unit: 'eye-to-chin length per image height' },
  leftward_crop: { iso: 0x54, title: 'Room to the left', unit: 'distances between the eyes' },
  rightward_crop: { iso: 0x55, title: 'Room to the right', unit: 'distances between the eyes' },
  margin_above: { iso: 0x56, title: 'Room above', unit: 'eye-to-chin lengths' },
  margin_below: { iso: 0x57, title: 'Room below', unit: 'eye-to-chin lengths' },
  inside_image: { iso: 0, title: 'Face wholly in the image', unit: 'share of the face' },
  background_uniformity: { iso: 0x42, title: 'Even background', unit: 'mean luminance gradient' },
  compression: { iso: 0, title: 'Little compression', unit: 'JPEG quality setting' },
} as const satisfies Readonly<Record<string, Pick<QualityMeasure, 'iso' | 'unit'> & { readonly title: string }>>

export type MeasureCode = keyof typeof MEASURES
