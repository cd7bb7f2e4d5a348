import type { Pixels } from '../pixels.ts'
import { eyesAndMouth, type FacePlace } from './face-place.ts'

/** How far the camera is, in distances between the eyes: about 1.3 m. */
const CAMERA_DISTANCE = 20
/** At this angle the picture ends just above the brows; at less, further up. Degrees. */
const STEEPEST = 60
/** Where the picture ends above the eyes at no angle and at the steepest, in distances between the eyes. */
const CUT_FROM = 1.7
const CUT_TO = 0.45

/**
 * An upright face as a camera close under the ceiling takes it, as far as a flat picture allows: the
 * vertical axis squeezed in perspective about the middle of the face, the forehead nearer and wider,
 * and the picture cut above it.
 * @param degrees angle of the view, 0 to 60
 */
export function viewFromAbove(pixels: Pixels, face: FacePlace, degrees: number): Pixels {
  if (degrees === 0) return pixels
  const { eyes, mouth } = eyesAndMouth(face)
  const centre = { x: (eyes.x + mouth.x) / 2, y: (eyes.y + mouth.y) / 2 }
  const angle = (degrees * Math.PI) / 180
  const away = CAMERA_DISTANCE * face.interEyePixels
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  // A row that lay v below the middle is seen at v cos / (1 + v sin / away); here the other way round.
  const sourceOf = (seen: number) => {
    const v = seen / (cosine - (seen * sine) / away)
    return { v, narrower: 1 + (v * sine) / away }
  }
  const aboveEyes = (CUT_FROM + (CUT_TO - CUT_FROM) * Math.min(1, degrees / STEEPEST)) * face.interEyePixels
  const seenAt = (y: number) => ((y - centre.y) * cosine) / (1 + ((y - centre.y) * sine) / away)
  const first = Math.floor(seenAt(Math.max(0, eyes.y - aboveEyes)))
  const last = Math.floor(seenAt(pixels.height))
  const height = Math.max(1, last - first)
  const seen = new Uint8Array(pixels.width * height * 3)
  for (let row = 0; row < height; row += 1) {
    const { v, narrower } = sourceOf(first + row + 0.5)
    copyRow(pixels, centre.y + v - 0.5, centre.x, narrower, seen.subarray(row * pixels.width * 3))
  }
  return { width: pixels.width, height, data: seen }
}

/** One row, bilinear; beyond the image its edge goes on. */
function copyRow(image: Pixels, y: number, centreX: number, scale: number, into: Uint8Array): void {
  const { width, height, data } = image
  const top = Math.max(0, Math.min(height - 1, Math.floor(y)))
  const bottom = Math.min(height - 1, top + 1)
  const below = Math.max(0, Math.min(1, y - top))
  for (let column = 0; column < width; column += 1) {
    const x = Math.max(0, Math.min(width - 1, centreX + (column + 0.5 - centreX) * scale - 0.5))
    const left = Math.floor(x)
    const right = Math.min(width - 1, left + 1)
    const part = x - left
    for (let colour = 0; colour < 3; colour += 1) {
      const at = (line: number, place: number) => data[(line * width + place) * 3 + colour] as number
      const upper = at(top, left) * (1 - part) + at(top, right) * part
      const lower = at(bottom, left) * (1 - part) + at(bottom, right) * part
      into[column * 3 + colour] = Math.round(upper * (1 - below) + lower * below)
    }
  }
}
