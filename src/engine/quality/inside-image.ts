import type { FaceView } from './face-view.ts'
import { measured } from './measured.ts'
import type { QualityMeasure } from './quality-measure.ts'

/**
 * How much of the face lies in the image: the share of the mesh's points, which go on past the edge
 * where a face is cut. A measure of our own: quality is a hundred times that share.
 */
export function insideImage({ mesh, pyramid }: FaceView): QualityMeasure {
  const { width, height } = pyramid
  const inside = mesh.filter(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height)
  return measured('inside_image', inside.length / mesh.length)
}
