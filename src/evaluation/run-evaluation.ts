import { type Clock, done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { Engine } from '../engine/index.ts'
import { FACE_RULE } from './choose-face.ts'
import { compareAll } from './compare-all.ts'
import { type EmbeddedPhoto, embedPhotos } from './embed-photos.ts'
import type { EvaluationReport, ReportProtocol, ReportSet } from './evaluation-report.ts'
import { digestOfSet, type LabelledSet } from './labelled-set.ts'
import { makeTrials, type Trials, type TrialsCode, type TrialsOptions } from './make-trials.ts'
import { measureComparisons } from './measure-comparisons.ts'
import { countFailures } from './measure-failures.ts'
import { measureGroupComparisons } from './measure-group-comparisons.ts'
import { measureSearches } from './measure-searches.ts'
import { LIST_LENGTH, runSearches, type Searches } from './run-searches.ts'
import { limitsOf } from './state-limits.ts'

export interface EvaluationDeps {
  readonly engine: Engine
  readonly clock: Clock
}

export interface EvaluationOptions extends TrialsOptions {
  /** Photographs in the engine at one time; 4 unless told. */
  readonly concurrency?: number
  /** Most impostor scores kept: 16 million unless told, and never more than 4 million within one group. */
  readonly mostComparisons?: number
}

/** How far an evaluation is: photographs, then searches, then photographs compared with all others. */
export interface EvaluationProgress {
  readonly phase: 'templates' | 'searches' | 'comparisons'
  readonly done: number
  readonly total: number
}

export type EvaluationCode = TrialsCode | 'no_templates'

/**
 * Measures an engine on a labelled set: how often a search misses the person (FNIR), how often it lists somebody for
 * a person who is not enrolled (FPIR), one against one, by group, and with what it rests on. Failures count as misses.
 * The same set, seed and model give the same figures.
 */
export async function runEvaluation(
  deps: EvaluationDeps,
  set: LabelledSet,
  options: EvaluationOptions = {},
  onProgress: (progress: EvaluationProgress) => void = () => {},
): Promise<Outcome<EvaluationReport, EvaluationCode>> {
  const trials = makeTrials(set.photos, options)
  if (!trials.ok) return trials
  const tell = (phase: EvaluationProgress['phase']) => (finished: number, total: number) =>
    onProgress({ phase, done: finished, total })
  const { concurrency = 4, mostComparisons: most, seed = 1 } = options
  const photos = await embedPhotos(deps.engine, set.photos, { concurrency, onProgress: tell('templates') })
  if (photos.every(({ vector }) => vector === null)) return noTemplates(photos)
  const byPhoto = new Map(photos.map((embedded) => [embedded.photo, embedded]))
  const searches = await runSearches(trials.value, byPhoto, tell('searches'))
  const compared = await compareAll(photos, { onProgress: tell('comparisons'), ...(most !== undefined && { most }) })
  const comparisons = measureComparisons(compared)
  const measured = {
    failures: countFailures(trials.value, byPhoto),
    ...measureSearches(searches, photos, seed),
    ...comparisons,
    groupComparisons: await measureGroupComparisons(photos, comparisons.verification, most),
  }
  const protocol = describeProtocol(trials.value, searches, seed)
  return done({
    schemaVersion: 1,
    madeAt: toStamp(deps.clock.now()),
    model: deps.engine.model,
    set: describeSet(set, photos),
    protocol,
    ...measured,
    limits: limitsOf({ protocol, ...measured }),
  })
}

function describeSet(set: LabelledSet, photos: readonly EmbeddedPhoto[]): ReportSet {
  return {
    name: set.name,
    digest: digestOfSet(photos),
    photographs: set.photos.length,
    people: new Set(set.photos.map((photo) => photo.subject)).size,
    leftAside: set.problems.length,
  }
}

function describeProtocol(trials: Trials, searches: Searches, seed: number): ReportProtocol {
  return {
    sentence: `${trials.sentence} A person counts with the most similar of the enrolled photographs.`,
    faceRule: FACE_RULE,
    seed,
    leftOut: trials.leftOut,
    enrolled: searches.enrolled,
    matedSearches: searches.mated.length,
    nonMatedSearches: searches.nonMated.length,
    listLength: LIST_LENGTH,
  }
}

function noTemplates(photos: readonly EmbeddedPhoto[]): Outcome<never, 'no_templates'> {
  const codes = [...new Set(photos.map(({ failure }) => failure ?? ''))].sort()
  const message = `No template could be made of any of the ${photos.length} photographs (${codes.join(', ')}).`
  return refuse('no_templates', message, 'Check that the folder holds readable JPEG or PNG photographs of faces.', {
    facts: { codes },
  })
}
