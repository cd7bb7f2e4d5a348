import type { FaceView } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Degrees, with their sign as in `Pose`. */
export function headPose({ pose }: FaceView): readonly QualityMeasure[] {
  return [measured('pose_yaw', pose.yaw), measured('pose_pitch', pose.pitch), measured('pose_roll', pose.roll)]
}
