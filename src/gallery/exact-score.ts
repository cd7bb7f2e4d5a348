/**
 * The score of a template: products in float64, summed from the first number to the last. The one definition of a
 * similarity score, whatever index found the template.
 * @param query and vector of the same length, both of length 1
 */
export function exactScore(query: Float64Array, vector: Float32Array): number {
  let sum = 0
  for (let at = 0; at < query.length; at += 1) sum += (query[at] as number) * (vector[at] as number)
  // Lengths are 1 only to float32, so a template against itself may score a hair above 1.
  return Math.min(1, Math.max(-1, sum))
}
