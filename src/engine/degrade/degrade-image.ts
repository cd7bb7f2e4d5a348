import type { Pixels } from '../pixels.ts'
import { addNoise } from './add-noise.ts'
import { blurPixels } from './blur-pixels.ts'
import { cameraChain } from './camera-chain.ts'
import { coverEyes, coverMouth, coverSide } from './cover-face.ts'
import { DEGRADATIONS, type DegradationCode } from './degradations.ts'
import { dimLight } from './dim-light.ts'
import { encodeJpeg } from './encode-jpeg.ts'
import type { FacePlace } from './face-place.ts'
import { reduceResolution } from './reduce-resolution.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'
import { turnPixels } from './turn-pixels.ts'
import { viewFromAbove } from './view-from-above.ts'

/** Of the file made, unless compression itself is the degradation. */
const QUALITY = 95

/** What is to be done to a photograph. */
export interface DegradationStep {
  readonly code: DegradationCode
  /** One of the degradation's own steps. */
  readonly step: number
  /** 32-bit whole number; the same seed gives the same file. */
  readonly seed: number
}

/**
 * One face's photograph, degraded by one step, as a JPEG file.
 * @param pixels upright
 * @param face the face as the engine found it in these pixels
 * @throws RangeError for a step the degradation does not have
 */
export async function degradeImage(pixels: Pixels, face: FacePlace, what: DegradationStep): Promise<Uint8Array> {
  const known: readonly number[] = DEGRADATIONS.find((row) => row.code === what.code)?.steps ?? []
  if (!known.includes(what.step)) throw new RangeError(`${what.code} has no step ${what.step}.`)
  const random = seededRandom(what.seed)
  if (what.code === 'jpeg') return encodeJpeg(pixels, what.step)
  if (what.code === 'cctv') {
    const { pixels: seen, jpegQuality } = await cameraChain(pixels, face, what.step, random)
    return encodeJpeg(seen, jpegQuality)
  }
  return encodeJpeg(await RULES[what.code](pixels, face, what.step, random), QUALITY)
}

type Rule = (pixels: Pixels, face: FacePlace, step: number, random: SeededRandom) => Pixels | Promise<Pixels>

const RULES: Readonly<Record<Exclude<DegradationCode, 'jpeg' | 'cctv'>, Rule>> = {
  resolution: (pixels, face, step) => reduceResolution(pixels, face.interEyePixels, step),
  blur: (pixels, face, step) => blurPixels(pixels, face.interEyePixels, step),
  noise: (pixels, _, step, random) => addNoise(pixels, step, random),
  low_light: (pixels, _, step, random) => dimLight(pixels, step, random),
  pitch: viewFromAbove,
  eyes_covered: coverEyes,
  mouth_covered: coverMouth,
  side_covered: coverSide,
  rotation: (pixels, _, step) => turnPixels(pixels, step),
}
