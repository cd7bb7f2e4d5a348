/**
 * Inner products of a query with the first `rows` vectors of a block, into `scores` from `offset`. Four vectors at a
 * time with two partial sums each: fast, but the order of summation is not the one that scores are defined by.
 * @param query an even number of numbers
 * @param block room for a multiple of four vectors, unused ones zero
 * @param scores room for `rows` rounded up to a multiple of four, from `offset`
 */
export function scanBlock(
  block: Float32Array,
  query: Float64Array,
  rows: number,
  scores: Float64Array,
  offset: number,
): void {
  for (let row = 0; row < rows; row += 4) scanFour(block, row * query.length, query, scores, offset + row)
}

function scanFour(block: Float32Array, a: number, query: Float64Array, scores: Float64Array, to: number): void {
  const b = a + query.length
  const c = b + query.length
  const d = c + query.length
  let a0 = 0
  let b0 = 0
  let c0 = 0
  let d0 = 0
  let a1 = 0
  let b1 = 0
  let c1 = 0
  let d1 = 0
  for (let at = 0; at < query.length; at += 2) {
    const even = query[at] as number
    const odd = query[at + 1] as number
    a0 += (block[a + at] as number) * even
    b0 += (block[b + at] as number) * even
    c0 += (block[c + at] as number) * even
    d0 += (block[d + at] as number) * even
    a1 += (block[a + at + 1] as number) * odd
    b1 += (block[b + at + 1] as number) * odd
    c1 += (block[c + at + 1] as number) * odd
    d1 += (block[d + at + 1] as number) * odd
  }
  scores[to] = a0 + a1
  scores[to + 1] = b0 + b1
  scores[to + 2] = c0 + c1
  scores[to + 3] = d0 + d1
}

/** The score of a template: products in float64, summed from the first number to the last. */
export function exactScore(query: Float64Array, vector: Float32Array): number {
  let sum = 0
  for (let at = 0; at < query.length; at += 1) sum += (query[at] as number) * (vector[at] as number)
  return sum
}

/** How far the length of a template may be from 1. */
export const LENGTH_TOLERANCE = 1e-3

/**
 * The most by which a coarse score and the exact one of the same template can differ, for `dimension` numbers.
 *
 * Both add the same n products of two float32 values. Such a product has at most 48 significant bits, so float64 holds
 * it without rounding, and only additions round. For any order of n - 1 additions the error is at most
 * g * sum |q_i t_i|, with g = (n-1)u / (1 - (n-1)u) and u = 2^-53 (Higham, Accuracy and Stability of Numerical
 * Algorithms, 2nd ed., section 4.2), and by Cauchy-Schwarz the sum is at most |q| |t| <= (1 + tolerance)^2.
 * Each of the two scores is that near to the true inner product, so they are within 2 g (1 + tolerance)^2 of each
 * other; n in place of n - 1 covers the rounding of this computation and of a cut made with it. 1.14e-13 for 512.
 */
export function scoreError(dimension: number): number {
  const roundings = dimension * 2 ** -53
  return (2 * roundings * (1 + LENGTH_TOLERANCE) ** 2) / (1 - roundings)
}
