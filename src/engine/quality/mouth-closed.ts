import { distance, eyeToChin, type FaceView, meshPlace } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Inner edges of the upper and the lower lip, across from one another. */
const LIPS = [
  [82, 87],
  [13, 14],
  [312, 317],
] as const

/** How far the lips are apart at most, against the length from eyes to chin. */
export function mouthClosed(view: FaceView): QualityMeasure {
  const openings = LIPS.map(([upper, lower]) => distance(meshPlace(view, upper), meshPlace(view, lower)))
  return measured('mouth_closed', Math.max(...openings) / eyeToChin(view))
}
