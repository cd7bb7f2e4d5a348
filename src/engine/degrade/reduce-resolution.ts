import type { Pixels } from '../pixels.ts'
import { fromPixels, toPixels } from './raw-image.ts'

/**
 * The image as a camera further away takes it: smaller, each pixel the mean of what it covers.
 * @param interEye pixels between the eyes now
 * @param wanted pixels between the eyes afterwards; a face that has fewer already stays as it is
 */
export async function reduceResolution(pixels: Pixels, interEye: number, wanted: number): Promise<Pixels> {
  const factor = wanted / interEye
  if (!(factor < 1)) return pixels
  const width = Math.max(1, Math.round(pixels.width * factor))
  const height = Math.max(1, Math.round(pixels.height * factor))
  return toPixels(fromPixels(pixels).resize(width, height, { fit: 'fill', kernel: 'cubic' }))
}
