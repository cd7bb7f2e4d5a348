import { applyTransform, invertTransform, placeTransform, type SimilarityTransform } from '../similarity-transform.ts'
import { distance, eyeMiddle, eyes, eyeToChin, type FaceView } from './face-view.ts'
import { markZones } from './face-zones.ts'
import { linearLight } from './linear-light.ts'
import { sampleSquare } from './sample-square.ts'

/**
 * The face and some of what is around it, turned upright and scaled to one size, from which every
 * measure of light, colour and detail is taken. At this size the eyes are about as far apart as
 * embedders see them: detail that is finer plays no part in a search.
 */
export interface FacePatch {
  /** Width and height, pixels. */
  readonly size: number
  /** R, G, B for each pixel, as in the file. */
  readonly colours: Uint8Array
  /** Linear luminance, 0 to 255 (sRGB undone; ISO/IEC 29794-5). */
  readonly luminance: Uint8Array
  /** For each pixel one of `Zone`. */
  readonly zones: Uint8Array
  /** Brings pixels of the image to pixels of the patch. */
  readonly toPatch: SimilarityTransform
}

export const PATCH_SIZE = 160
/** Pixels between the eyes of a face into the camera. */
export const PATCH_INTER_EYE = 36
/** Where the middle between the eyes comes to lie: room for hair above, for the neck below. */
const EYES_AT = { x: 80, y: 64 }
/** On a face into the camera the chin is this many distances between the eyes below them, measured on FRLL. */
const CHIN_PER_EYES = 1.9

/** Null when the landmarks are not those of a face: all one point, or not numbers. */
export function facePatch(view: FaceView): FacePatch | null {
  const [left, right] = eyes(view)
  // On a head that is turned the eyes are near one another; its length then gives the scale.
  const apart = Math.max(distance(left, right), eyeToChin(view) / CHIN_PER_EYES)
  if (!(apart > 0) || !Number.isFinite(apart)) return null
  const angle = Math.atan2(right.y - left.y, right.x - left.x)
  const toPatch = placeTransform(eyeMiddle(view), EYES_AT, PATCH_INTER_EYE / apart, -angle)
  const { colours, inside } = sampleSquare(view.pyramid, invertTransform(toPatch), PATCH_SIZE)
  const mesh = view.mesh.map((point) => applyTransform(toPatch, point))
  return {
    size: PATCH_SIZE,
    colours,
    luminance: luminanceOf(colours),
    zones: markZones(mesh, inside, PATCH_SIZE, PATCH_INTER_EYE),
    toPatch,
  }
}

const LINEAR: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => linearLight(byte))

function luminanceOf(colours: Uint8Array): Uint8Array {
  const luminance = new Uint8Array(colours.length / 3)
  for (let place = 0; place < luminance.length; place += 1) {
    // Inside the tables: three bytes to a pixel, 256 values to a byte.
    const red = LINEAR[colours[3 * place] as number] as number
    const green = LINEAR[colours[3 * place + 1] as number] as number
    const blue = LINEAR[colours[3 * place + 2] as number] as number
    luminance[place] = 255 * (0.2126 * red + 0.7152 * green + 0.0722 * blue) + 0.5
  }
  return luminance
}
