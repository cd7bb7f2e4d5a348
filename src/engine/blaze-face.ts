import type { FaceBox, Point } from './engine.ts'
import type { FaceCandidate } from './face-candidate.ts'
import { applyTransform, type SimilarityTransform } from './similarity-transform.ts'

const LEAST_SCORE = 0.5
const VALUES_PER_ANCHOR = 16

/** Grid cells across, and anchors in each cell. */
interface AnchorLayer {
  readonly cells: number
  readonly perCell: number
}

// From MediaPipe's face_detection_short_range and _full_range graphs; anchors have no size of their own.
const LAYERS: Readonly<Record<number, readonly AnchorLayer[]>> = {
  128: [
    { cells: 16, perCell: 2 },
    { cells: 8, perCell: 6 },
  ],
  192: [{ cells: 48, perCell: 1 }],
}

/** Centres of the anchors of a BlazeFace network, in pixels of its square input, in output order. */
export function blazeAnchors(inputSize: number): readonly Point[] {
  return (LAYERS[inputSize] ?? []).flatMap(({ cells, perCell }) => {
    const step = inputSize / cells
    return Array.from({ length: cells * cells * perCell }, (_, index) => {
      const cell = Math.floor(index / perCell)
      return { x: ((cell % cells) + 0.5) * step, y: (Math.floor(cell / cells) + 0.5) * step }
    })
  })
}

/** The output of one BlazeFace run. */
export interface BlazeOutput {
  /** 16 for each anchor: centre x, y, width, height, then six points, relative to the anchor. */
  readonly values: Float32Array
  /** One for each anchor, before the logistic function. */
  readonly scores: Float32Array
}

/** Candidates with a score of at least 0.5, brought to pixels of the image. */
export function readBlazeOutput(
  output: BlazeOutput,
  anchors: readonly Point[],
  toImage: SimilarityTransform,
  detector: number,
): readonly FaceCandidate[] {
  const candidates: FaceCandidate[] = []
  for (const [index, anchor] of anchors.entries()) {
    const score = 1 / (1 + Math.exp(-(output.scores[index] ?? 0)))
    if (score < LEAST_SCORE) continue
    const first = index * VALUES_PER_ANCHOR
    const value = (place: number) => output.values[first + place] ?? 0
    const [width, height] = [value(2), value(3)]
    const centre = { x: anchor.x + value(0), y: anchor.y + value(1) }
    if (!(width > 0 && height > 0)) continue
    const points = Array.from({ length: 6 }, (_, point) => {
      return applyTransform(toImage, { x: anchor.x + value(4 + 2 * point), y: anchor.y + value(5 + 2 * point) })
    })
    const box = { x: centre.x - width / 2, y: centre.y - height / 2, width, height }
    const side = Math.max(width, height) * Math.hypot(toImage.a, toImage.b)
    candidates.push({ box: boxToImage(box, toImage), side, points, score, detector })
  }
  return candidates
}

/** The upright rectangle around a box after it was turned. */
function boxToImage(box: FaceBox, toImage: SimilarityTransform): FaceBox {
  const corners = [box.x, box.x + box.width].flatMap((x) => {
    return [box.y, box.y + box.height].map((y) => applyTransform(toImage, { x, y }))
  })
  const x = Math.min(...corners.map((corner) => corner.x))
  const y = Math.min(...corners.map((corner) => corner.y))
  const width = Math.max(...corners.map((corner) => corner.x)) - x
  return { x, y, width, height: Math.max(...corners.map((corner) => corner.y)) - y }
}
