import type { Pixels } from '../pixels.ts'
import { fromPixels, toPixels } from './raw-image.ts'

const AROUND = '#808080'

/**
 * The image turned clockwise about its middle, whole in a larger one whose corners are grey.
 * @param degrees any; whole quarter turns are exact
 */
export async function turnPixels(pixels: Pixels, degrees: number): Promise<Pixels> {
  return degrees % 360 === 0 ? pixels : toPixels(fromPixels(pixels).rotate(degrees, { background: AROUND }))
}
