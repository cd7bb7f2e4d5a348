import type { Pixels } from '../pixels.ts'
import { fromPixels, toPixels } from './raw-image.ts'

/** Below this a Gaussian does nothing to 8-bit pixels (and libvips takes no less). Pixels. */
const LEAST_SIGMA = 0.3

/**
 * Out of focus: a Gaussian over the whole image.
 * @param share standard deviation as a share of the distance between the eyes
 * @param interEye pixels
 */
export async function blurPixels(pixels: Pixels, interEye: number, share: number): Promise<Pixels> {
  const sigma = share * interEye
  return sigma < LEAST_SIGMA ? pixels : toPixels(fromPixels(pixels).blur(sigma))
}
