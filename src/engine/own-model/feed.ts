/** How a network wants its face: where colours lie in the tensor, which they are, and in which range. */
export interface TensorFeed {
  readonly layout: 'NCHW' | 'NHWC'
  readonly colour: 'RGB' | 'BGR' | 'GRAY'
  /** The network sees `(byte - mean) / std`; one number for each channel, in the order of `colour`. */
  readonly mean: readonly number[]
  readonly std: readonly number[]
}

/** Luma of ITU-R BT.601, in the order R, G, B. */
const LUMA = [0.299, 0.587, 0.114] as const
const ORDER = { RGB: [0, 1, 2], BGR: [2, 1, 0] } as const

export function channelsOf(colour: TensorFeed['colour']): 1 | 3 {
  return colour === 'GRAY' ? 1 : 3
}

/** The tensor's four dimensions, for one face. */
export function tensorShape(feed: TensorFeed, width: number, height: number): readonly number[] {
  const channels = channelsOf(feed.colour)
  return feed.layout === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels]
}

/**
 * Turns a face into the tensor that the network wants.
 * @param planes the red, the green and the blue plane one after the other, 0 to 255
 * @throws RangeError when the planes are not three of one size, or mean and std not one for each channel
 */
export function feedTensor(planes: Float32Array, feed: TensorFeed): Float32Array {
  const channels = channelsOf(feed.colour)
  const pixels = planes.length / 3
  if (!Number.isInteger(pixels)) throw new RangeError(`${planes.length} numbers are not three planes of one size.`)
  if (feed.mean.length !== channels || feed.std.length !== channels) {
    throw new RangeError(`A ${feed.colour} input needs ${channels} numbers as mean and as std.`)
  }
  const tensor = new Float32Array(pixels * channels)
  const [step, stride] = feed.layout === 'NCHW' ? [pixels, 1] : [1, channels]
  for (let channel = 0; channel < channels; channel += 1) {
    const read = channelReader(planes, pixels, feed.colour, channel)
    const mean = feed.mean[channel] ?? 0
    const std = feed.std[channel] ?? 1
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      tensor[channel * step + pixel * stride] = (read(pixel) - mean) / std
    }
  }
  return tensor
}

function channelReader(
  planes: Float32Array,
  pixels: number,
  colour: TensorFeed['colour'],
  channel: number,
): (pixel: number) => number {
  const [red, green, blue] = LUMA
  const at = (plane: number, pixel: number) => planes[plane * pixels + pixel] as number
  if (colour === 'GRAY') return (pixel) => red * at(0, pixel) + green * at(1, pixel) + blue * at(2, pixel)
  const plane = ORDER[colour][channel] ?? 0
  return (pixel) => at(plane, pixel)
}
