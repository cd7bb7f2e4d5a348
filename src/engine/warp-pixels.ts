import type { PixelPyramid, Pixels } from './pixels.ts'
import type { SimilarityTransform } from './similarity-transform.ts'
import type { WeightInput } from './weight-record.ts'

/** From this many image pixels for one input pixel on, each input pixel is the mean of four samples. */
const SUPERSAMPLE_FROM = 1.2

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
  const levelNumber = Math.max(0, Math.floor(Math.log2(scale)))
  const shrink = 2 ** levelNumber
  const toLevel = {
    a: toImage.a / shrink,
    b: toImage.b / shrink,
    tx: toImage.tx / shrink,
    ty: toImage.ty / shrink,
  }
  const planes = emptyPlanes(input)
  const steps = scale / shrink > SUPERSAMPLE_FROM ? [0.25, 0.75] : [0.5]
  for (const down of steps) {
    for (const across of steps) addSamples(pyramid.level(levelNumber), toLevel, across, down, planes)
  }
  const { data } = planes
  const factor = 1 / (steps.length ** 2 * input.divide)
  const offset = input.subtract / input.divide
  for (let place = 0; place < data.length; place += 1) data[place] = (data[place] as number) * factor - offset
  return data
}

function emptyPlanes({ width, height, colour }: WeightInput): Planes {
  const plane = width * height
  const [red, blue] = colour === 'BGR' ? [2 * plane, 0] : [0, 2 * plane]
  return { width, height, data: new Float32Array(3 * plane), red, green: plane, blue }
}

/** Adds one sample for every pixel of the planes, taken at the same place inside each. */
function addSamples(image: Pixels, toImage: SimilarityTransform, across: number, down: number, planes: Planes): void {
  const { a, b, tx, ty } = toImage
  const { width, height } = planes
  for (let row = 0; row < height; row += 1) {
    const y = row + down
    for (let column = 0; column < width; column += 1) {
      const x = column + across
      // Half a pixel less: from here on whole numbers are the middles of image pixels.
      addSample(image, a * x - b * y + tx - 0.5, b * x + a * y + ty - 0.5, planes, row * width + column)
    }
  }
}

/** Adds the bilinear value at x, y to one pixel of the planes. */
function addSample(image: Pixels, x: number, y: number, planes: Planes, place: number): void {
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
  // Inside the arrays by the check above; a default for each read would halve the engine's speed.
  data[red + place] = (data[red + place] as number) + weight * (image.data[from] as number)
  data[green + place] = (data[green + place] as number) + weight * (image.data[from + 1] as number)
  data[blue + place] = (data[blue + place] as number) + weight * (image.data[from + 2] as number)
}
