import type { Point } from './engine.ts'

/**
 * Turn, scale and shift, without mirroring: x' = a x - b y + tx, y' = b x + a y + ty.
 * Its scale is hypot(a, b), its angle atan2(b, a).
 */
export interface SimilarityTransform {
  readonly a: number
  readonly b: number
  readonly tx: number
  readonly ty: number
}

export function applyTransform(transform: SimilarityTransform, point: Point): Point {
  return {
    x: transform.a * point.x - transform.b * point.y + transform.tx,
    y: transform.b * point.x + transform.a * point.y + transform.ty,
  }
}

/**
 * The transform that undoes this one.
 * @throws RangeError when the scale is 0.
 */
export function invertTransform({ a, b, tx, ty }: SimilarityTransform): SimilarityTransform {
  const square = a * a + b * b
  if (!(square > 0)) throw new RangeError('A transform of scale 0 cannot be undone.')
  return { a: a / square, b: -b / square, tx: -(a * tx + b * ty) / square, ty: (b * tx - a * ty) / square }
}

/** The transform that scales and turns (radians, clockwise in an image) about `from`, and puts `from` on `to`. */
export function placeTransform(from: Point, to: Point, scale: number, angle: number): SimilarityTransform {
  const a = scale * Math.cos(angle)
  const b = scale * Math.sin(angle)
  return { a, b, tx: to.x - a * from.x + b * from.y, ty: to.y - b * from.x - a * from.y }
}

/**
 * The similarity transform that brings `from` nearest to `to` in the least-squares sense
 * (Umeyama 1991, in two dimensions, where it has this closed form).
 * @throws RangeError when the lists differ in length or all points of `from` are one.
 */
export function fitTransform(from: readonly Point[], to: readonly Point[]): SimilarityTransform {
  if (from.length !== to.length) throw new RangeError('A transform is fitted to two lists of the same length.')
  const fromCentre = centre(from)
  const toCentre = centre(to)
  let along = 0
  let across = 0
  let spread = 0
  for (const [index, point] of from.entries()) {
    const target = to[index] ?? toCentre
    const [x, y] = [point.x - fromCentre.x, point.y - fromCentre.y]
    const [u, v] = [target.x - toCentre.x, target.y - toCentre.y]
    along += x * u + y * v
    across += x * v - y * u
    spread += x * x + y * y
  }
  if (!(spread > 0)) throw new RangeError('A transform cannot be fitted to points that are all one.')
  return placeTransform(fromCentre, toCentre, Math.hypot(along, across) / spread, Math.atan2(across, along))
}

function centre(points: readonly Point[]): Point {
  const count = points.length
  return {
    x: points.reduce((sum, point) => sum + point.x, 0) / count,
    y: points.reduce((sum, point) => sum + point.y, 0) / count,
  }
}
