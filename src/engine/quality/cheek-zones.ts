import { applyTransform } from '../similarity-transform.ts'
import type { FacePatch } from './face-patch.ts'
import { distance, eyes, type FaceView, middle } from './face-view.ts'

/** A square on one cheek, in pixels of the patch. */
export interface CheekZone {
  readonly left: number
  readonly top: number
  readonly size: number
}

/** Side of a zone against the distance between the eyes. */
const ZONE_SHARE = 0.3

/**
 * Image-left and image-right cheek: squares outwards of the eyes, from half-way between eyes and mouth
 * downwards (ISO/IEC 29794-5). Null when one of them does not lie wholly in the image.
 */
export function cheekZones(view: FaceView, patch: FacePatch): readonly [CheekZone, CheekZone] | null {
  const [leftEye, rightEye] = eyes(view).map((eye) => applyTransform(patch.toPatch, eye))
  const [leftMouth, rightMouth] = view.landmarks.slice(3).map((corner) => applyTransform(patch.toPatch, corner))
  if (!leftEye || !rightEye || !leftMouth || !rightMouth) return null
  const size = ZONE_SHARE * distance(leftEye, rightEye)
  const down = distance(middle(leftEye, rightEye), middle(leftMouth, rightMouth)) / 2
  const left = { left: leftEye.x - size, top: leftEye.y + down, size }
  const right = { left: rightEye.x, top: rightEye.y + down, size }
  return inImage(left, patch) && inImage(right, patch) ? [left, right] : null
}

/** The places of the patch's pixels that lie in a zone, at least in part. */
export function pixelsOf({ left, top, size }: CheekZone, patchSize: number): readonly number[] {
  const places: number[] = []
  for (let row = Math.floor(top); row < top + size; row += 1) {
    for (let column = Math.floor(left); column < left + size; column += 1) places.push(row * patchSize + column)
  }
  return places
}

function inImage(zone: CheekZone, { size, zones }: FacePatch): boolean {
  const { left, top } = zone
  // Neighbours to the right and below are read too.
  if (left < 0 || top < 0 || left + zone.size + 1 >= size || top + zone.size + 1 >= size || !(zone.size > 1))
    return false
  return pixelsOf(zone, size).every((place) => zones[place] !== 0)
}
