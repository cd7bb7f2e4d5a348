import sharp, { type Sharp } from 'sharp'
import type { Pixels } from '../pixels.ts'

/** Pixels as the source of a sharp pipeline; no file is decoded here. */
export function fromPixels({ width, height, data }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
}

/** The end of a pipeline as pixels. */
export async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}
