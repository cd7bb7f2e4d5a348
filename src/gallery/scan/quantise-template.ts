import { GalleryError } from '../gallery-error.ts'
import { type RowLayout, TAIL } from './row-record.ts'

/** The largest code. */
const MAX_CODE = 127

/**
 * Writes a vector as codes, scale, residual norm and sum of codes: the vector is `scale * codes` and a residual. The
 * scale is the one that is stored, and the norm is never below the true one, so a bound made of them holds.
 * @param vector unit length, which the caller has checked
 * @param bytes the memory behind `view`, from its first byte
 * @param at where the record starts; its codes are zero
 * @throws GalleryError `vector_unusable`, before anything is written
 */
export function writeTemplate(
  vector: Float32Array,
  layout: RowLayout,
  bytes: Uint8Array,
  view: DataView,
  at: number,
): void {
  const scale = scaleOf(vector, layout.dimension)
  const codes = new Int8Array(bytes.buffer, bytes.byteOffset + at, layout.dimension)
  const inverse = 1 / scale
  let sum = 0
  let left = 0
  for (let place = 0; place < codes.length; place += 1) {
    const value = vector[place] as number
    const code = Math.round(value * inverse)
    const rest = value - code * scale
    codes[place] = code
    sum += code
    left += rest * rest
  }
  const tail = at + layout.codeBytes
  view.setFloat32(tail + TAIL.scale, scale, true)
  view.setFloat32(tail + TAIL.residual, float32Above(Math.sqrt(left)), true)
  view.setInt32(tail + TAIL.sum, sum, true)
}

/** The largest number gets the code 127. A float32. */
function scaleOf(vector: Float32Array, dimension: number): number {
  let largest = 0
  let squares = 0
  for (let place = 0; place < vector.length; place += 1) {
    const value = vector[place] as number
    largest = Math.max(largest, Math.abs(value))
    squares += value * value
  }
  const scale = Math.fround(largest / MAX_CODE)
  if (vector.length === dimension && Number.isFinite(squares) && isNormal(scale)) return scale
  throw new GalleryError('vector_unusable', `A template has ${dimension} numbers, and not all of them zero.`)
}

/** Below this float32 loses digits, and codes could leave their range. */
function isNormal(scale: number): boolean {
  return scale >= 2 ** -126
}

const rounded = new Float32Array(1)
const roundedBits = new Uint32Array(rounded.buffer)

/** The least float32 that is not below a number from 0 on. */
export function float32Above(value: number): number {
  rounded[0] = value
  // The next float32 of a positive one has the next bits.
  if ((rounded[0] as number) < value) roundedBits[0] = (roundedBits[0] as number) + 1
  return rounded[0] as number
}
