import type { FaceBox, Point, Pose } from '../engine.ts'
import type { MeshPoint } from '../find-landmarks.ts'
import type { PixelPyramid } from '../pixels.ts'

/** One face in its image, all that its quality is measured from. Places are in pixels of the upright image. */
export interface FaceView {
  readonly pyramid: PixelPyramid
  /** 468, numbered as in MediaPipe's canonical face model. */
  readonly mesh: readonly MeshPoint[]
  /** Five: image-left eye, image-right eye, nose tip, mouth corners. */
  readonly landmarks: readonly Point[]
  readonly box: FaceBox
  readonly pose: Pose
  /** The other faces of the same image. */
  readonly otherBoxes: readonly FaceBox[]
  /** 1 to 100, from the file's quantisation tables; null when the file is no JPEG or does not say. */
  readonly jpegQuality: number | null
}

const CHIN = 152
const NOWHERE: Point = { x: Number.NaN, y: Number.NaN }

export function meshPlace(view: FaceView, number: number): Point {
  return view.mesh[number] ?? NOWHERE
}

export function distance(from: Point, to: Point): number {
  return Math.hypot(to.x - from.x, to.y - from.y)
}

export function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }
}

/** Image-left and image-right eye. */
export function eyes({ landmarks }: FaceView): readonly [Point, Point] {
  return [landmarks[0] ?? NOWHERE, landmarks[1] ?? NOWHERE]
}

export function eyeMiddle(view: FaceView): Point {
  return middle(...eyes(view))
}

/** From the middle between the eyes to the tip of the chin, pixels: the `t` of ISO/IEC 29794-5. NaN without a mesh. */
export function eyeToChin(view: FaceView): number {
  return distance(eyeMiddle(view), meshPlace(view, CHIN))
}
