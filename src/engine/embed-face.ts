import { alignFace } from './align-face.ts'
import type { Point } from './engine.ts'
import type { Network } from './network.ts'
import type { PixelPyramid } from './pixels.ts'
import type { FusedEmbedder } from './weight-record.ts'

/** One network that makes templates, and how it takes part. */
export interface LoadedEmbedder {
  readonly record: FusedEmbedder
  readonly network: Network
}

export interface FaceEmbedding {
  /** Unit length: each embedding at unit length times the root of its share, one after the other. */
  readonly vector: Float32Array
  /** Length of the first embedding before it was brought to 1: short ones come from poor photographs. */
  readonly norm: number
}

/**
 * The template vector of one face; the cosine of two is the sum of the networks' cosines, each times its share.
 * Null when a network gives a number that is not finite, or no direction at all.
 * @throws RangeError when a network gives another dimension than its record says.
 */
export async function embedFace(
  embedders: readonly LoadedEmbedder[],
  mirror: boolean,
  pyramid: PixelPyramid,
  landmarks: readonly Point[],
): Promise<FaceEmbedding | null> {
  const parts: Float32Array[] = []
  let norm = 0
  for (const { record, network } of embedders) {
    const planes = alignFace(pyramid, landmarks, record)
    const seen = [await embed(network, record, planes)]
    if (mirror) seen.push(await embed(network, record, mirrored(planes, record.input.width)))
    const mean = unit(sum(seen.map((one) => one.vector)))
    if (mean === null || seen.some((one) => one.norm === 0)) return null
    if (parts.length === 0) norm = seen[0]?.norm ?? 0
    parts.push(mean.vector.map((value) => value * Math.sqrt(record.share)))
  }
  return { vector: joined(parts), norm }
}

interface Direction {
  readonly vector: Float32Array
  /** 0 when there is no direction. */
  readonly norm: number
}

async function embed(network: Network, record: FusedEmbedder, planes: Float32Array): Promise<Direction> {
  const [output = new Float32Array()] = await network.run(planes)
  if (output.length !== record.output.dimension) {
    throw new RangeError(`${record.id} gave ${output.length} numbers, the manifest says ${record.output.dimension}.`)
  }
  return unit(output) ?? { vector: new Float32Array(output.length), norm: 0 }
}

function unit(values: Float32Array): Direction | null {
  let square = 0
  for (const value of values) square += value * value
  const norm = Math.sqrt(square)
  if (!(norm > 0 && Number.isFinite(norm))) return null
  return { vector: values.map((value) => value / norm), norm }
}

function sum(vectors: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(), ...others] = vectors
  return first.map((value, place) => others.reduce((total, other) => total + (other[place] ?? 0), value))
}

/** The planes with left and right changed. */
function mirrored(planes: Float32Array, width: number): Float32Array {
  const turned = Float32Array.from(planes)
  for (let row = 0; row < planes.length; row += width) turned.subarray(row, row + width).reverse()
  return turned
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0))
  let place = 0
  for (const part of parts) {
    whole.set(part, place)
    place += part.length
  }
  return whole
}
