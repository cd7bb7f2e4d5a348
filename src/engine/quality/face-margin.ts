import { eyeMiddle, eyeToChin, type FaceView } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** From the middle between the eyes to the upper and to the lower edge of the image. */
export function faceMargin(view: FaceView): readonly QualityMeasure[] {
  const { y } = eyeMiddle(view)
  const length = eyeToChin(view)
  return [measured('margin_above', y / length), measured('margin_below', (view.pyramid.height - y) / length)]
}
