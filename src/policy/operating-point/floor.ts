/**
 * What an evaluation must show before searches may use a model and a similarity floor. Policy as data: a bureau that
 * wants more changes it here, by a decision on record.
 */
export const EVALUATION_FLOOR = {
  /** Fewer searches measure too little: with 300, no miss at all still allows for 1.3 of 100 (Wilson, 95 %). */
  leastMatedSearches: 300,
  leastNonMatedSearches: 300,
  /** The FPIR at which misses are compared, 0 to 1. */
  targetFpir: 0.01,
  /** Misses (FNIR) at that FPIR, as a multiple of those of the model in force on the same set and searches. */
  mostTimesWorse: 1.1,
  /** Misses (FNIR) at that FPIR, whatever the model in force does, 0 to 1. */
  highestFnir: 0.15,
  /** Photographs without a template (FTE) more than with the model in force, 0 to 1. */
  mostMoreFailures: 0.01,
  /** False accepts of one comparison (FMR) at the proposed similarity floor, 0 to 1: at most 10 innocents of 1,000. */
  highestFmrAtFloor: 0.01,
  /** Misses (FNIR) that the proposed similarity floor alone brings about, 0 to 1. */
  highestFnirAtFloor: 0.15,
  /** Photographs of the gallery of which the new model could make no template, 0 to 1. */
  mostWithoutTemplate: 0.01,
} as const

export type EvaluationFloor = { readonly [K in keyof typeof EVALUATION_FLOOR]: number }
