import type { Pixels } from '../pixels.ts'
import { fromPixels } from './raw-image.ts'

/** A JPEG file, colours at half resolution as cameras store them. @param quality 1 to 100 (libjpeg's scale) */
export function encodeJpeg(pixels: Pixels, quality: number): Promise<Uint8Array> {
  return fromPixels(pixels).jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer()
}
