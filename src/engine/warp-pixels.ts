import type { PixelPyramid, Pixels } from './pixels.ts'
import type { SimilarityTransform } from './similarity-transform.ts'
import type { WeightInput } from './weight-record.ts'

/** From a scale of 2 ^ (n - this) on, level n of the pyramid is sampled: 0.8 to 1.6 of its pixels for one input pixel. */
const LEVEL_EARLY = 0.3

/** Planes that samples are added to, and where the three colours of the first pixel lie in them. */
interface Planes {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
  readonly red: number
  readonly green: number
  readonly blue: number
}

/**
 * What a network sees: the part of the image under `toImage`, as planes (NCHW, batch 1) in the
 * colour order and range of `input`. Outside the image is black (byte 0).
 * @param toImage brings input pixels to image pixels; in both, the middle of the first pixel is at 0.5
 */
export function warpToInput(pyramid: PixelPyramid, toImage: SimilarityTransform, input: WeightInput): Float32Array {
  const scale = Math.hypot(toImage.a, toImage.b)
  // Sampling a halved copy keeps detail finer than an input pixel from aliasing.
  const levelNumber = Math.max(0, Math.floor(Math.log2(scale) + LEVEL_EARLY))
  const shrink = 2 ** levelNumber
  const toLevel = { a: toImage.a / shrink, b: toImage.b / shrink, tx: toImage.tx / shrink, ty: toImage.ty / shrink }
  const planes = emptyPlanes(input)
  fillPlanes(pyramid.level(levelNumber), toLevel, planes)
  const { data } = planes
  const factor = 1 / input.divide
  const offset = input.subtract / input.divide
  for (let place = 0; place < data.length; place += 1) data[place] = (data[place] as number) * factor - offset
  return data
}

function emptyPlanes({ width, height, colour }: WeightInput): Planes {
  const plane = width * height
  const [red, blue] = colour === 'BGR' ? [2 * plane, 0] : [0, 2 * plane]
  return { width, height, data: new Float32Array(3 * plane), red, green: plane, blue }
}

/** One bilinear sample for every pixel of the planes, taken in its middle. */
function fillPlanes(image: Pixels, { a, b, tx, ty }: SimilarityTransform, planes: Planes): void {
  const { width, height } = planes
  for (let row = 0; row < height; row += 1) {
    // Half a pixel less: from here on whole numbers are the middles of image pixels.
    const x = a * 0.5 - b * (row + 0.5) + tx - 0.5
    const y = b * 0.5 + a * (row + 0.5) + ty - 0.5
    fillRow(image, x, y, a, b, planes, row * width)
  }
}

/** Samples along one row of the planes: at x, y, then one step of (a, b) for each pixel. */
function fillRow(image: Pixels, x: number, y: number, a: number, b: number, planes: Planes, first: number): void {
  const { width: imageWidth, data: from } = image
  const { data, red, green, blue, width } = planes
  const lastX = imageWidth - 1
  const lastY = image.height - 1
  for (let column = 0; column < width; column += 1) {
    const sampleX = x + a * column
    const sampleY = y + b * column
    const left = Math.floor(sampleX)
    const top = Math.floor(sampleY)
    if (left < 0 || top < 0 || left >= lastX || top >= lastY) {
      fillEdge(image, sampleX, sampleY, planes, first + column)
      continue
    }
    const [right, below] = [sampleX - left, sampleY - top]
    const upper = (top * imageWidth + left) * 3
    const lower = upper + imageWidth * 3
    const place = first + column
    data[red + place] = between(from, upper, lower, right, below)
    data[green + place] = between(from, upper + 1, lower + 1, right, below)
    data[blue + place] = between(from, upper + 2, lower + 2, right, below)
  }
}

/** The bilinear value between two neighbours above and two below. */
function between(from: Uint8Array, upper: number, lower: number, right: number, below: number): number {
  // Inside the array by the caller's check; a default for each read would halve the engine's speed.
  const above = (from[upper] as number) * (1 - right) + (from[upper + 3] as number) * right
  return above * (1 - below) + ((from[lower] as number) * (1 - right) + (from[lower + 3] as number) * right) * below
}

/** The same where some of the four neighbours lie outside the image; they are black. */
function fillEdge(image: Pixels, x: number, y: number, planes: Planes, place: number): void {
  const left = Math.floor(x)
  const top = Math.floor(y)
  const right = x - left
  const below = y - top
  addPixel(image, left, top, (1 - right) * (1 - below), planes, place)
  addPixel(image, left + 1, top, right * (1 - below), planes, place)
  addPixel(image, left, top + 1, (1 - right) * below, planes, place)
  addPixel(image, left + 1, top + 1, right * below, planes, place)
}

function addPixel(image: Pixels, x: number, y: number, weight: number, planes: Planes, place: number): void {
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) return
  const { data, red, green, blue } = planes
  const from = (y * image.width + x) * 3
  data[red + place] = (data[red + place] as number) + weight * (image.data[from] as number)
  data[green + place] = (data[green + place] as number) + weight * (image.data[from + 1] as number)
  data[blue + place] = (data[blue + place] as number) + weight * (image.data[from + 2] as number)
}
