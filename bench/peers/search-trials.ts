import {
  bestThreshold,
  type Comparison,
  falseNegatives,
  falseNegativesAt,
  type MatedSearch,
  type Rate,
  wrongAnswers,
} from './accuracy.ts'
import { type LfwTrials, readPhotograph } from './lfw-trials.ts'
import type { TemplateCache } from './template-cache.ts'

export interface AccuracyReport {
  /** Photographs without a template, of all. */
  readonly failures: Rate
  readonly rankOneMiss: Rate
  readonly missAtFpir10: Rate
  readonly missAtFpir1: Rate
  /** Wrong answers on the test pairs, at the threshold chosen on the tuning pairs. */
  readonly wrongPairs: Rate
}

type Vectors = ReadonlyMap<string, Float32Array>

/** `distance`: Euclidean, as both peers' own functions compare. `cosine`: the same after scaling to unit length. */
export type Measure = 'distance' | 'cosine'

/** All searches and comparisons of one pipeline, from its cached templates. */
export async function runTrials(trials: LfwTrials, cache: TemplateCache, measure: Measure): Promise<AccuracyReport> {
  const vectors = await readVectors(trials, cache, measure)
  const gallery = trials.gallery.map(({ person, file }) => ({ person, vector: vectors.get(file) }))
  const people = new Map(gallery.map(({ person }, place) => [person, place]))
  const scoresOf = (file: string) => gallery.map(({ vector }) => score(vectors.get(file), vector))
  const mated = trials.mated.map(({ person, file }) => matedSearch(scoresOf(file), people.get(person) ?? -1))
  const nonMated = trials.nonMated.map(({ file }) => bestOf(scoresOf(file)))
  const compare = ({ samePerson, files }: LfwTrials['testPairs'][number]): Comparison => ({
    samePerson,
    score: score(vectors.get(files[0]), vectors.get(files[1])),
  })
  return {
    failures: { count: trials.files.length - vectors.size, of: trials.files.length },
    rankOneMiss: falseNegatives(mated, 1, Number.NEGATIVE_INFINITY),
    missAtFpir10: falseNegativesAt(mated, nonMated, 0.1),
    missAtFpir1: falseNegativesAt(mated, nonMated, 0.01),
    wrongPairs: wrongAnswers(trials.testPairs.map(compare), bestThreshold(trials.tuningPairs.map(compare))),
  }
}

async function readVectors(trials: LfwTrials, cache: TemplateCache, measure: Measure): Promise<Vectors> {
  const vectors = new Map<string, Float32Array>()
  for (const file of trials.files) {
    const vector = await cache.read(await readPhotograph(file))
    if (vector) vectors.set(file, measure === 'cosine' ? unitLength(vector) : vector)
  }
  return vectors
}

function unitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

/** Euclidean distance with the sign turned; on vectors of unit length it orders as the cosine does. */
function score(one: Float32Array | undefined, other: Float32Array | undefined): number | undefined {
  if (!one || !other) return undefined
  let sum = 0
  for (let place = 0; place < one.length; place += 1) sum += ((one[place] ?? 0) - (other[place] ?? 0)) ** 2
  return -Math.sqrt(sum)
}

function matedSearch(scores: readonly (number | undefined)[], mate: number): MatedSearch {
  const mateScore = scores[mate]
  if (mateScore === undefined) return { mateScore, mateRank: Number.POSITIVE_INFINITY }
  const before = scores.filter((score, place) => place !== mate && score !== undefined && score >= mateScore)
  return { mateScore, mateRank: before.length + 1 }
}

function bestOf(scores: readonly (number | undefined)[]): number | undefined {
  return scores.reduce((best, score) => (best === undefined || (score ?? best) > best ? score : best), undefined)
}
