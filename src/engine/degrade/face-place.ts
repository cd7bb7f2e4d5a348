import type { DetectedFace, Point } from '../engine.ts'

/** What a degradation must know of the face; places in pixels of the upright image. */
export type FacePlace = Pick<DetectedFace, 'box' | 'landmarks' | 'interEyePixels'>

/** The middle of the eyes and of the mouth. @throws RangeError unless there are five landmarks */
export function eyesAndMouth({ landmarks }: FacePlace): { readonly eyes: Point; readonly mouth: Point } {
  const [leftEye, rightEye, , leftMouth, rightMouth] = landmarks
  if (!leftEye || !rightEye || !leftMouth || !rightMouth) throw new RangeError('A face has five landmarks.')
  return { eyes: middle(leftEye, rightEye), mouth: middle(leftMouth, rightMouth) }
}

function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }
}
