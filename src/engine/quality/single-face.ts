import type { FaceBox } from '../engine.ts'
import type { FaceView } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Area of the largest other face against this one's; 0 when it is alone, 1 when another is as large or larger. */
export function singleFace({ box, otherBoxes }: FaceView): QualityMeasure {
  const largest = Math.max(0, ...otherBoxes.map(area))
  return measured('single_face', largest === 0 ? 0 : Math.min(1, largest / area(box)))
}

function area({ width, height }: FaceBox): number {
  return width * height
}
