import type { Pixels } from '../pixels.ts'
import { addNoise } from './add-noise.ts'
import { blurPixels } from './blur-pixels.ts'
import { dimLight } from './dim-light.ts'
import type { FacePlace } from './face-place.ts'
import { reduceResolution } from './reduce-resolution.ts'
import type { SeededRandom } from './seeded-random.ts'
import { viewFromAbove } from './view-from-above.ts'

interface CameraStep {
  /** Degrees from above. */
  readonly pitch: number
  /** Halvings of the light. */
  readonly stops: number
  /** Standard deviation, as a share of the distance between the eyes. */
  readonly blur: number
  /** Pixels between the eyes. */
  readonly interEye: number
  /** Standard deviation at middle grey, in steps of a byte. */
  readonly noise: number
  readonly jpegQuality: number
}

/** Worse in everything from step to step; number 0 is left alone. */
const CAMERA_STEPS: readonly CameraStep[] = [
  { pitch: 0, stops: 0, blur: 0, interEye: Number.POSITIVE_INFINITY, noise: 0, jpegQuality: 95 },
  { pitch: 5, stops: 0, blur: 0.02, interEye: 32, noise: 3, jpegQuality: 60 },
  { pitch: 10, stops: 1, blur: 0.03, interEye: 24, noise: 5, jpegQuality: 40 },
  { pitch: 15, stops: 1.5, blur: 0.04, interEye: 20, noise: 8, jpegQuality: 30 },
  { pitch: 20, stops: 2, blur: 0.05, interEye: 16, noise: 10, jpegQuality: 20 },
  { pitch: 25, stops: 2.5, blur: 0.06, interEye: 12, noise: 12, jpegQuality: 20 },
]

/**
 * What a surveillance camera makes of a face, in the order in which it happens: seen from above, in
 * little light, out of focus, with few pixels, noise, and hard compression.
 * @param step 0 to 5
 * @returns the pixels, and the JPEG quality they are to be stored with
 */
export async function cameraChain(
  pixels: Pixels,
  face: FacePlace,
  step: number,
  random: SeededRandom,
): Promise<{ readonly pixels: Pixels; readonly jpegQuality: number }> {
  const how = CAMERA_STEPS[step]
  if (how === undefined) throw new RangeError(`The camera chain has no step ${step}.`)
  const seen = viewFromAbove(pixels, face, how.pitch)
  const blurred = await blurPixels(seen, face.interEyePixels, how.blur)
  const few = await reduceResolution(blurred, face.interEyePixels, how.interEye)
  return { pixels: addNoise(dimLight(few, how.stops, random), how.noise, random), jpegQuality: how.jpegQuality }
}
