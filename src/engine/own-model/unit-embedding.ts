import { done, fail, type Outcome } from '../../base/index.ts'

/** What a network can give that is no embedding. */
export type EmbeddingCode = 'output_dimension_differs' | 'embedding_not_finite' | 'embedding_zero'

/** Shorter than this an output points nowhere that could be told from rounding. */
const LEAST_LENGTH = 1e-6

/**
 * A network's raw output as a vector of unit length.
 * Refused: another dimension than said, a number that is not finite, a vector without direction.
 */
export function unitEmbedding(output: Float32Array, dimension: number): Outcome<Float32Array, EmbeddingCode> {
  if (output.length !== dimension) {
    const message = `The model gives ${output.length} numbers, the manifest says ${dimension}.`
    return fail('output_dimension_differs', message, 'Correct the dimension or the name of the output.', {
      where: '$.output',
      facts: { found: output.length, expected: dimension },
    })
  }
  if (!output.every(Number.isFinite)) {
    const message = 'The model gave an embedding with a number that is not finite.'
    const remedy = 'Do not use this model for this face; check its input range and export it again.'
    return fail('embedding_not_finite', message, remedy, { where: '$.output' })
  }
  const length = Math.hypot(...output)
  if (!(length > LEAST_LENGTH)) {
    const message = 'The model gave an embedding of length zero, which points nowhere.'
    const remedy = 'Check the input range and the name of the output, or export the model again.'
    return fail('embedding_zero', message, remedy, { where: '$.output' })
  }
  return done(output.map((value) => value / length))
}

/** Cosine of two unit vectors. */
export function cosineOf(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0)
}
