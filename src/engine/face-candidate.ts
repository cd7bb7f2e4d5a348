import type { FaceBox, Point } from './engine.ts'

/** What one detector thinks is a face, before overlapping ones are joined. Pixels of the upright image. */
export interface FaceCandidate {
  readonly box: FaceBox
  /** Longer edge of the box as the detector saw it, before the view was turned back. Pixels of the image. */
  readonly side: number
  /** Image-left eye, image-right eye, nose tip, mouth, image-left ear, image-right ear, as seen on an upright face. */
  readonly points: readonly Point[]
  /** 0 to 1. */
  readonly score: number
  /** Place of the detector in the manifest: where two overlap, the box of the earlier one is used. */
  readonly detector: number
}
