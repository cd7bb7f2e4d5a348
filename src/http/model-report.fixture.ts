import { attachEvaluation, type EvaluationReport } from '../evaluation/index.ts'
import type { TestDoor } from './door.fixture.ts'

/** Attaches an evaluation of the model in force as the administrator does; answers with its id. */
export async function attachReport({ deps, staff }: TestDoor, changes: object = {}): Promise<string> {
  const report = { ...reportOf(deps.engine.model), ...changes }
  const attached = await attachEvaluation(deps, staff.administrator.actor, { report })
  if (!attached.ok) throw new Error(attached.problem.message)
  return attached.value.id
}

function rate(errors: number, trials: number) {
  return { errors, trials, rate: errors / trials, low: 0, high: 1 }
}

/** Pairs of two people of one group, as a report has them; group X is too small. */
export function pairsWithinGroups() {
  const row = (group: string, errors: number) => {
    return { group, subjects: 60, trials: 4000, rate: rate(errors, 4000), suppressed: null }
  }
  const small = { group: 'X', subjects: 5, trials: 40, rate: null, suppressed: '5 people; a rate is stated from 10.' }
  const maxMin = { value: 3, low: 1, high: null, note: null }
  const spread = { groups: 2, worst: 'F', best: 'M', maxMin, maxGeoMean: maxMin, maxMinusMin: 0.002, gini: 0.3 }
  return {
    ...{ axis: 'sex', threshold: 0.41, everybody: rate(10, 10_000), impostorPairs: 8040, fdr: null },
    fmr: { rows: [row('F', 12), row('M', 4), small], unrecorded: 0, spread },
    fnmr: { rows: [], unrecorded: 0, spread: null },
  }
}

/** A report good enough for every rule of the floor, of the model in force. */
function reportOf(model: object): EvaluationReport {
  const threshold = { threshold: 0.4, targetFpir: 0.01, measured: rate(5, 500), carried: true, sentence: 'At 0.4.' }
  const points = [0.2, 0.3, 0.4, 0.5].map((score, at) => ({ score, fmr: 10 ** -(at + 2), low: 0, high: 1 }))
  return {
    ...{ schemaVersion: 1, madeAt: '2026-11-22T07:00:00.00Z', model, rankOneMissByPerson: null, groupThreshold: null },
    set: { name: 'faces', digest: 'a'.repeat(64), photographs: 1500, people: 800, leftAside: 0 },
    protocol: {
      ...{ sentence: 'First photograph enrolled.', faceRule: 'The largest face.', seed: 1, leftOut: 300 },
      ...{ enrolled: 500, matedSearches: 500, nonMatedSearches: 500, listLength: 50 },
    },
    failures: { enrolment: rate(0, 500), extraction: rate(0, 1000), byCode: [], severalFaces: 0 },
    cmc: [{ rank: 1, ...rate(6, 500), rate: 0.988 }],
    operatingPoints: [{ threshold, fnir: rate(10, 500), fnirByPerson: null, selectivity: rate(5, 500) }],
    det: [0.1, 0.2, 0.3, 0.4, 0.9].map((at) => ({ threshold: at, fnir: at / 40, fpir: (1 - at) / 4 })),
    verification: { tar: [] },
    calibration: { points, impostorComparisons: 1e6, floor: 3e-5 },
    ...{ groups: [], discard: null, limits: ['Photographs like these alone.'] },
  } as unknown as EvaluationReport
}
