import type { Point } from './engine.ts'
import type { PixelPyramid } from './pixels.ts'
import { fitTransform, invertTransform } from './similarity-transform.ts'
import { warpToInput } from './warp-pixels.ts'
import type { EmbedderRecord } from './weight-record.ts'

/**
 * The face as the embedder must see it: turned, scaled and shifted so that the five landmarks fall
 * on the template's points; sampled from the full-resolution pixels.
 * @returns planes (NCHW, batch 1) in the embedder's colour order and range
 */
export function alignFace(pyramid: PixelPyramid, landmarks: readonly Point[], record: EmbedderRecord): Float32Array {
  // The template counts from the middle of the first pixel, images here from its corner.
  const template = record.alignment.points.map(({ x, y }) => ({ x: x + 0.5, y: y + 0.5 }))
  const toImage = invertTransform(fitTransform(landmarks, template))
  return warpToInput(pyramid, toImage, record.input)
}
