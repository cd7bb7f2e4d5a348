import type { MeasureCode } from './quality-measure.ts'

/** q = h (a + s / (1 + exp((x0 - x) / w))), the mapping that most components of ISO/IEC 29794-5 share. */
export interface IsoLogistic {
  readonly h?: number
  readonly a?: number
  readonly s?: number
  readonly x0: number
  readonly w: number
}

/** The quality of a native value under the common mapping: rounded, 0 to 100. */
export function isoLogistic(native: number, { h = 100, a = 0, s = 1, x0, w }: IsoLogistic): number {
  return toQuality(h * (a + s * sigmoid(native, x0, w)))
}

function sigmoid(x: number, x0: number, w: number): number {
  return 1 / (1 + Math.exp((x0 - x) / w))
}

function toQuality(value: number): number {
  return Math.min(100, Math.max(0, Math.round(value)))
}

function logistic(parameters: IsoLogistic): (native: number) => number {
  return (native) => isoLogistic(native, parameters)
}

function headPose(degrees: number): number {
  return toQuality(100 * Math.max(0, Math.cos((degrees * Math.PI) / 180)) ** 2)
}

const headSize = logistic({ h: 200, a: 1, s: -1, x0: 0, w: 0.05 })
/** From eye to chin over image height where a head has its best size. */
const BEST_HEAD_SIZE = 0.45

/**
 * Native value to quality, for every measure. Constants of OFIQ (ISO/IEC 29794-5), except where the
 * measure is our own: `sharpness`, `inside_image` and `compression`; see their files.
 */
export const QUALITY_OF: Readonly<Record<MeasureCode, (native: number) => number>> = {
  inter_eye_distance: logistic({ x0: 70, w: 20 }),
  pose_yaw: headPose,
  pose_pitch: headPose,
  pose_roll: headPose,
  sharpness: logistic({ x0: 0.75, w: 0.12 }),
  illumination_uniformity: (overlap) => toQuality(100 * overlap ** 0.3),
  luminance_mean: (mean) => toQuality(100 * sigmoid(mean, 0.2, 0.05) * (1 - sigmoid(mean, 0.8, 0.05))),
  luminance_variance: (variance) => toQuality(100 * Math.sin((Math.PI * 60 * variance) / (60 * variance + 1))),
  under_exposure: logistic({ h: 120, a: 0.832, s: -1, x0: 0.92, w: 0.05 }),
  over_exposure: (share) => toQuality(1 / (share + 0.01)),
  dynamic_range: (bits) => toQuality(12.5 * bits),
  natural_colour: logistic({ h: 200, a: 1, s: -1, x0: 0, w: 10 }),
  eyes_open: logistic({ x0: 0.02, w: 0.01 }),
  mouth_closed: logistic({ a: 1, s: -1, x0: 0.2, w: 0.06 }),
  single_face: (ratio) => toQuality(100 * (1 - ratio)),
  head_size: (size) => headSize(Math.abs(size - BEST_HEAD_SIZE)),
  leftward_crop: logistic({ x0: 0.9, w: 0.1 }),
  rightward_crop: logistic({ x0: 0.9, w: 0.1 }),
  margin_above: logistic({ x0: 1.4, w: 0.1 }),
  margin_below: logistic({ x0: 1.8, w: 0.1 }),
  inside_image: (share) => toQuality(100 * share),
  background_uniformity: logistic({ h: 190, a: 1, s: -1, x0: 10, w: 100 }),
  compression: logistic({ x0: 40, w: 12 }),
}
