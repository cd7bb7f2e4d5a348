import type { Point } from '../engine.ts'
import type { FaceView } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Pixels between the middles of the two eyes, the first two of the five landmarks. */
export function interEyeDistance(landmarks: readonly Point[]): number {
  const [left, right] = landmarks
  return left && right ? Math.hypot(right.x - left.x, right.y - left.y) : 0
}

/** The same as it would be on a face into the camera: a turned head brings the eyes nearer to one another. */
export function interEyeMeasure({ landmarks, pose }: FaceView): QualityMeasure {
  const cosine = Math.cos((pose.yaw * Math.PI) / 180)
  const apart = interEyeDistance(landmarks)
  return measured('inter_eye_distance', cosine > 0 && apart > 0 ? apart / cosine : null)
}
