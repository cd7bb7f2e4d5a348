import { distance, eyeToChin, type FaceView, meshPlace } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/** Upper and lower lid across from one another, three pairs for each eye. */
const LIDS = [
  [
    [160, 144],
    [159, 145],
    [158, 153],
  ],
  [
    [385, 380],
    [386, 374],
    [387, 373],
  ],
] as const

/** How far the eye that is less open is open, against the length from eyes to chin. */
export function eyesOpen(view: FaceView): QualityMeasure {
  const openings = LIDS.map((pairs) =>
    Math.max(...pairs.map(([upper, lower]) => distance(meshPlace(view, upper), meshPlace(view, lower)))),
  )
  return measured('eyes_open', Math.min(...openings) / eyeToChin(view))
}
