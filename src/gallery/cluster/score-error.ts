import { LENGTH_TOLERANCE } from '../usable-vector.ts'

/**
 * The most by which the float32 inner product of a cluster can differ from the exact one, for `dimension` numbers.
 *
 * A server multiplies and adds in float32, in an order that depends on its processor. In any order each product meets
 * at most n roundings (its own and n - 1 additions; a fused multiplication and addition has fewer), each of at most
 * u = 2^-24, so the error is at most g * sum |q_i t_i| with g = n u / (1 - n u) (Higham, Accuracy and Stability of
 * Numerical Algorithms, 2nd ed., section 3.1), and the sum is at most |q| |t| by Cauchy-Schwarz. Lengths are 1 within
 * the tolerance, so |q| |t| <= 1.003. What is used is (n + 4) 2^-23 1.01, twice that: it holds also if every number of
 * query and template were off by two roundings, products underflowed (n 2^-126 at most), and covers the float64
 * rounding of the exact score and of the sum made with it.
 */
export function clusterScoreError(dimension: number): number {
  return (dimension + 4) * 2 ** -23 * 1.01 * (1 + LENGTH_TOLERANCE) ** 2
}
