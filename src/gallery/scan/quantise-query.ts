import { GalleryError } from '../gallery-error.ts'
import { LENGTH_TOLERANCE } from '../usable-vector.ts'

/** The largest code of a query: 14 bits with the sign, so two digits of seven bits. */
const MAX_CODE = 8191

/** The largest code of a row. */
const MAX_ROW_CODE = 127

/** What codes are raised by to be cut into digits, so that none is negative; must be that of the relaxed kernel. */
const RAISED = 8192

/** Far above what float64 sums of a few thousand numbers round off. */
const ROUNDING = 1e-9

/**
 * A query as whole numbers, with what bounds a score from above. With a row t = s c + r and the query q = S C + R,
 * <q, t> = s S <C, c> + <R, s c> + <q, r>, and by Cauchy-Schwarz, with |t| at most 1.001,
 * <q, t> <= s S <C, c> + |R| (1.001 + |r|) + |q| |r| = <C, c> (s S) + |r| reach + slack.
 */
export interface QuantisedQuery {
  /** `codeBytes` of them; <C, c> never leaves int32. */
  readonly codes: Int16Array
  /** S. */
  readonly scale: number
  /** |q| + |R|. */
  readonly reach: number
  /** 1.001 |R|, and 1e-9 for what rounding takes. */
  readonly slack: number
}

/**
 * @param codeBytes codes of a row
 * @throws GalleryError `vector_unusable` unless it has `dimension` finite numbers, not all zero
 */
export function quantiseQuery(query: Float32Array, dimension: number, codeBytes: number): QuantisedQuery {
  const largest = query.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const norm = lengthOf(query)
  if (query.length !== dimension || !Number.isFinite(norm) || largest === 0) {
    throw new GalleryError('vector_unusable', `A query has ${dimension} numbers, and not all of them zero.`)
  }
  const scale = largest / largestCode(codeBytes)
  const codes = new Int16Array(codeBytes)
  for (const [place, value] of query.entries()) codes[place] = Math.round(value / scale)
  const left = lengthOf(Float64Array.from(query, (value, place) => value - (codes[place] as number) * scale))
  return { codes, scale, reach: norm + left, slack: left * (1 + LENGTH_TOLERANCE) + ROUNDING }
}

/** So that `codeBytes` products of the largest codes add up within int32. */
function largestCode(codeBytes: number): number {
  return Math.min(MAX_CODE, Math.floor(0x7fffffff / (MAX_ROW_CODE * codeBytes)))
}

function lengthOf(vector: Float32Array | Float64Array): number {
  let squares = 0
  for (const value of vector) squares += value * value
  return Math.sqrt(squares)
}

/** The codes raised by 8192 in two digits of seven bits: `high * 128 + low`. */
export function digitsOf(codes: Int16Array): { readonly high: Uint8Array; readonly low: Uint8Array } {
  return {
    high: Uint8Array.from(codes, (code) => (code + RAISED) >> 7),
    low: Uint8Array.from(codes, (code) => (code + RAISED) & 127),
  }
}

/** What a kernel computes for a row, in the same order, hence the same bits. */
export function upperBound(
  dot: number,
  row: { readonly scale: number; readonly residual: number },
  query: QuantisedQuery,
): number {
  return dot * (row.scale * query.scale) + row.residual * query.reach + query.slack
}
