import type { FaceBox } from './engine.ts'
import { placeTransform, type SimilarityTransform } from './similarity-transform.ts'

/** One way to look at an image: which square of it a detector sees, and how it is turned. */
export interface DetectionView {
  /** Brings the pixels of a square detector input of that size to pixels of the image. */
  toImage(inputSize: number): SimilarityTransform
  /** Faces that reach out of this part of the image are cut here and left to another view. */
  readonly part?: FaceBox
}

/** The views of one image. The parts overlap by half, so any smaller face lies whole in one of them. */
export interface DetectionViews {
  readonly whole: DetectionView
  /** Upside down, on either side, and half-way between: a detector bears a tilt of 20 to 30 degrees. */
  readonly turned: readonly DetectionView[]
  /** From further away: for a face that fills the frame. */
  readonly far: DetectionView
  /** From nearer, piece by piece: for small faces. */
  readonly parts: readonly DetectionView[]
  /** From nearer still, for an image in which nothing was found. */
  readonly smallParts: readonly DetectionView[]
}

/** Edges of the parts and of the small parts, as shares of the image's longest edge. */
const PART = 0.5
const SMALL_PART = 0.25
/** A strip is looked at in squares of its shorter edge, but in no more than this many along it. */
const MOST_ALONG = 80

export function detectionViews(width: number, height: number): DetectionViews {
  const longest = Math.max(width, height)
  const middle = { x: width / 2, y: height / 2 }
  const view = (x: number, y: number, side: number, quarterTurns: number) => ({
    toImage: (inputSize: number) => {
      const centre = { x: inputSize / 2, y: inputSize / 2 }
      return placeTransform(centre, { x, y }, side / inputSize, (quarterTurns * Math.PI) / 2)
    },
  })
  const shortest = Math.max(Math.min(width, height), (2 * longest) / MOST_ALONG)
  const parts = (share: number) => {
    const side = Math.min(longest * share, shortest)
    const part = (x: number, y: number): DetectionView => {
      return { ...view(x, y, side, 0), part: { x: x - side / 2, y: y - side / 2, width: side, height: side } }
    }
    return partCentres(width, side).flatMap((x) => partCentres(height, side).map((y) => part(x, y)))
  }
  return {
    whole: view(middle.x, middle.y, longest, 0),
    turned: [2, 1, 3, 0.5, 3.5, 1.5, 2.5].map((turns) => view(middle.x, middle.y, longest, turns)),
    far: view(middle.x, middle.y, longest * 2, 0),
    parts: parts(PART),
    smallParts: parts(SMALL_PART),
  }
}

/** Middles of the parts along one edge: the first and last end at the image's edge. */
function partCentres(edge: number, side: number): readonly number[] {
  if (edge <= side) return [edge / 2]
  const count = Math.ceil((edge - side) / (side / 2)) + 1
  return Array.from({ length: count }, (_, index) => side / 2 + ((edge - side) * index) / (count - 1))
}

/** True when a box found in a view is not cut by the view's edge; at the image's own edge nothing is cut. */
export function liesWhole(box: FaceBox, view: DetectionView, imageWidth: number, imageHeight: number): boolean {
  const { part } = view
  if (part === undefined) return true
  const within = (from: number, size: number, first: number, length: number, edge: number) => {
    const startsInside = from >= first || first <= 0
    return startsInside && (from + size <= first + length || first + length >= edge)
  }
  return (
    within(box.x, box.width, part.x, part.width, imageWidth) &&
    within(box.y, box.height, part.y, part.height, imageHeight)
  )
}
