import { GalleryError } from './gallery-error.ts'

/** How far the length of a template may be from 1. */
export const LENGTH_TOLERANCE = 1e-3

/** @throws GalleryError `vector_unusable` unless it has `dimension` numbers and the length 1, which the proof of exactness needs. */
export function checkVector(vector: Float32Array, dimension: number): Float32Array {
  if (isUsableVector(vector, dimension)) return vector
  throw new GalleryError('vector_unusable', `A template must have ${dimension} numbers and the length 1.`)
}

/** Whether it has `dimension` numbers and the length 1. */
export function isUsableVector(vector: Float32Array, dimension: number): boolean {
  let squares = 0
  // Written out: `reduce` takes ten times as long, and every template read goes through here.
  for (let at = 0; at < vector.length; at += 1) squares += (vector[at] as number) ** 2
  const length = Math.sqrt(squares)
  return vector.length === dimension && Math.abs(length - 1) <= LENGTH_TOLERANCE
}
