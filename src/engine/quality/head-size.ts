import { eyeToChin, type FaceView } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Length from eyes to chin against the height of the image; best at 0.45, worse when smaller or larger. */
export function headSize(view: FaceView): QualityMeasure {
  return measured('head_size', eyeToChin(view) / view.pyramid.height)
}
