/** For this folder's tests: plain images, a face in the middle of them, and what can be measured. */
import type { Pixels } from '../pixels.ts'
import type { FacePlace } from './face-place.ts'

/** One grey all over. */
export function flat(width: number, height: number, value: number): Pixels {
  return { width, height, data: new Uint8Array(width * height * 3).fill(value) }
}

/** Black and white squares of `size` pixels. */
export function chequered(width: number, height: number, size: number): Pixels {
  const image = flat(width, height, 0)
  for (let place = 0; place < width * height; place += 1) {
    const across = Math.floor((place % width) / size)
    const down = Math.floor(Math.floor(place / width) / size)
    if ((across + down) % 2 === 0) image.data.fill(255, place * 3, place * 3 + 3)
  }
  return image
}

/** An upright face with its eyes `interEye` apart, its box twice as wide, about the point x, y between eyes and mouth. */
export function faceAt(x: number, y: number, interEye: number): FacePlace {
  const half = interEye / 2
  return {
    interEyePixels: interEye,
    box: { x: x - interEye, y: y - interEye, width: 2 * interEye, height: 2 * interEye },
    landmarks: [
      { x: x - half, y: y - half },
      { x: x + half, y: y - half },
      { x, y },
      { x: x - half, y: y + half },
      { x: x + half, y: y + half },
    ],
  }
}

/** Red, green and blue of one pixel. */
export function pixelAt({ width, data }: Pixels, x: number, y: number): readonly number[] {
  return [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]
}

/** Mean and standard deviation of all bytes. */
export function spread({ data }: Pixels): { readonly mean: number; readonly deviation: number } {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length
  const square = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length
  return { mean, deviation: Math.sqrt(square) }
}
