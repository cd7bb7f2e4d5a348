import { alignFace } from './align-face.ts'
import type { Point } from './engine.ts'
import type { Network } from './network.ts'
import type { PixelPyramid } from './pixels.ts'
import type { EmbedderRecord } from './weight-record.ts'

/** The template vector of one face: unit length, compared by cosine. */
export async function embedFace(
  network: Network,
  record: EmbedderRecord,
  pyramid: PixelPyramid,
  landmarks: readonly Point[],
): Promise<Float32Array> {
  const [output = new Float32Array()] = await network.run(alignFace(pyramid, landmarks, record))
  if (output.length !== record.output.dimension) {
    throw new RangeError(`The embedder gave ${output.length} numbers, the manifest says ${record.output.dimension}.`)
  }
  const length = Math.hypot(...output)
  if (!(length > 0)) throw new RangeError('The embedder gave no direction for this face.')
  return output.map((value) => value / length)
}
