import type { QualityMeasure } from './quality-measure.ts'
import { type MeasureWeight, UNIFIED_WEIGHTS, type UnifiedWeights } from './unified-weights.ts'

/**
 * All measures in one number: 100 / (1 + exp(-z)), z = bias + sum of weight x quality / 100
 * (+ weight x length of the embedding, where that is given). It never falls when a measure gets
 * better. A measure that is missing counts with its neutral value, as if nothing were known of it.
 * @param embeddingNorm length of the embedder's raw output, before it is brought to unit length
 * @returns whole number, 0 to 100
 */
export function unifiedQuality(
  measures: readonly Pick<QualityMeasure, 'code' | 'quality'>[],
  embeddingNorm?: number,
  weights: UnifiedWeights = UNIFIED_WEIGHTS,
): number {
  const qualities = new Map(measures.map(({ code, quality }) => [code as string, quality]))
  const rows: readonly [string, MeasureWeight][] = Object.entries(weights.measures)
  const sum = rows.reduce((total, [code, { weight, neutral }]) => {
    return total + (weight * (qualities.get(code) ?? neutral)) / 100
  }, weights.bias)
  const { norm } = weights
  return Math.round(100 / (1 + Math.exp(-(sum + norm.weight * (embeddingNorm ?? norm.neutral)))))
}
