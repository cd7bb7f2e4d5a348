import { distance, eyes, type FaceView } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** From the image's left edge to the image-left eye, and from the image-right eye to the right edge. */
export function sideCrop(view: FaceView): readonly QualityMeasure[] {
  const [left, right] = eyes(view)
  const apart = distance(left, right)
  return [
    measured('leftward_crop', Math.min(left.x, right.x) / apart),
    measured('rightward_crop', (view.pyramid.width - Math.max(left.x, right.x)) / apart),
  ]
}
