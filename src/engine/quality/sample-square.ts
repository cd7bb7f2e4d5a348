import type { PixelPyramid, Pixels } from '../pixels.ts'
import type { SimilarityTransform } from '../similarity-transform.ts'

/** Pixels of a square laid over an image. */
export interface SampledSquare {
  /** R, G, B for each pixel, rows from the top; outside the image the nearest pixel at its edge. */
  readonly colours: Uint8Array
  /** For each pixel 1 inside the image, 0 outside. */
  readonly inside: Uint8Array
}

/** From this many image pixels for one of the square on, each is the mean of two samples on its diagonal. */
const SUPERSAMPLE_FROM = 1.2

/** @param toImage brings the square's pixels to image pixels; in both, the middle of the first pixel is at 0.5 */
export function sampleSquare(pyramid: PixelPyramid, toImage: SimilarityTransform, size: number): SampledSquare {
  const scale = Math.hypot(toImage.a, toImage.b)
  const levelNumber = Math.max(0, Math.floor(Math.log2(scale)))
  const shrink = 2 ** levelNumber
  const [a, b, tx, ty] = [toImage.a / shrink, toImage.b / shrink, toImage.tx / shrink, toImage.ty / shrink]
  const image = pyramid.level(levelNumber)
  const steps = scale / shrink > SUPERSAMPLE_FROM ? [0.25, 0.75] : [0.5]
  const colours = new Uint8Array(size * size * 3)
  const inside = new Uint8Array(size * size)
  const sums = new Float64Array(size * 3)
  for (let row = 0; row < size; row += 1) {
    sums.fill(0)
    for (const step of steps) {
      const down = row + step
      addRow(image, { a, b, tx: a * step - b * down + tx, ty: b * step + a * down + ty }, sums)
    }
    const first = row * size * 3
    for (let place = 0; place < sums.length; place += 1) {
      colours[first + place] = (sums[place] as number) / steps.length + 0.5
    }
    const middle = row + 0.5
    markRow(
      image,
      { a, b, tx: a * 0.5 - b * middle + tx, ty: b * 0.5 + a * middle + ty },
      inside.subarray(row * size, (row + 1) * size),
    )
  }
  return { colours, inside }
}

/** Adds the bilinear value under each pixel of one row, which starts at tx, ty. Every pixel of every face passes here. */
function addRow({ width, height, data }: Pixels, { a, b, tx, ty }: SimilarityTransform, sums: Float64Array): void {
  const maxX = width - 1.001
  const maxY = height - 1.001
  for (let place = 0; place < sums.length; place += 3) {
    const column = place / 3
    // Half a pixel less: from here on whole numbers are the middles of image pixels.
    const x = between(a * column + tx - 0.5, maxX)
    const y = between(b * column + ty - 0.5, maxY)
    const right = x - (x | 0)
    const below = y - (y | 0)
    const one = ((y | 0) * width + (x | 0)) * 3
    const two = one + width * 3
    const w4 = right * below
    const w3 = below - w4
    const w2 = right - w4
    const w1 = 1 - right - w3
    for (let c = 0; c < 3; c += 1) {
      // Inside the array by the limits above.
      const upper = (data[one + c] as number) * w1 + (data[one + 3 + c] as number) * w2
      const lower = (data[two + c] as number) * w3 + (data[two + 3 + c] as number) * w4
      sums[place + c] = (sums[place + c] as number) + upper + lower
    }
  }
}

function between(value: number, most: number): number {
  return value < 0 ? 0 : value > most ? most : value
}

function markRow({ width, height }: Pixels, { a, b, tx, ty }: SimilarityTransform, inside: Uint8Array): void {
  for (let column = 0; column < inside.length; column += 1) {
    const x = a * column + tx
    const y = b * column + ty
    if (x >= 0 && y >= 0 && x < width && y < height) inside[column] = 1
  }
}
