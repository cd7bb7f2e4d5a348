import type { FaceBox } from '../engine.ts'
import type { Pixels } from '../pixels.ts'
import { eyesAndMouth, type FacePlace } from './face-place.ts'

/** Near black, as of dark glasses, a scarf or a door frame. */
const DARK = 16
/** A mask is light blue, as surgical ones are. */
const MASK = [150, 185, 205] as const

/** A dark bar over the eyes; its height is a share of the face box, 0 to 1. */
export function coverEyes(pixels: Pixels, face: FacePlace, share: number): Pixels {
  const { x, width, height } = face.box
  const bar = { x: x - width * 0.1, y: eyesAndMouth(face).eyes.y - (height * share) / 2, width: width * 1.2 }
  return share === 0 ? pixels : fillBox(pixels, { ...bar, height: height * share }, [DARK, DARK, DARK])
}

/** A mask from below the chin upwards; its height above the foot of the face box is a share of the box. */
export function coverMouth(pixels: Pixels, face: FacePlace, share: number): Pixels {
  const { x, y, width, height } = face.box
  const belowChin = height * 0.15
  const mask = { x: x - width * 0.05, y: y + height * (1 - share), width: width * 1.1 }
  return share === 0 ? pixels : fillBox(pixels, { ...mask, height: height * share + belowChin }, MASK)
}

/** Something dark in front of the left side of the image's face, over a share of the box's width. */
export function coverSide(pixels: Pixels, face: FacePlace, share: number): Pixels {
  const { x, y, width, height } = face.box
  const beyond = width * 0.3
  const side = { x: x - beyond, y: y - height * 0.5, width: beyond + width * share, height: height * 2 }
  return share === 0 ? pixels : fillBox(pixels, side, [DARK, DARK, DARK])
}

function fillBox({ width, height, data }: Pixels, box: FaceBox, colour: readonly number[]): Pixels {
  const within = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value)))
  const [left, right] = [within(box.x, width), within(box.x + box.width, width)]
  const [top, bottom] = [within(box.y, height), within(box.y + box.height, height)]
  const covered = Uint8Array.from(data)
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) covered.set(colour, (row * width + column) * 3)
  }
  return { width, height, data: covered }
}
