import type { CardEvaluation, EvaluationFigures, GroupCell, GroupComparisons, ModelCard } from '../../api/types.ts'

export function rate(errors: number, trials: number) {
  return { errors, trials, rate: trials === 0 ? null : errors / trials, low: 0.01, high: 0.09 }
}

export function cell(errors: number | null, trials: number): GroupCell {
  if (errors === null) return { people: 2, trials, rate: null, suppressed: 'fewer than 10 people' }
  return { people: trials, trials, rate: rate(errors, trials), suppressed: null }
}

/** For tests: pairs of two women, of two men, and of a group too small to state; FMR over everybody is 0.1 %. */
export function groupPairs(changes: Partial<GroupComparisons> = {}): GroupComparisons {
  const maxMin = { value: 3, low: 1.2, high: 9 }
  return {
    ...{ axis: 'sex', threshold: 0.41, everybody: rate(10, 10_000), pairs: 6040 },
    rows: [
      { group: 'F', ...cell(9, 3000) },
      { group: 'M', ...cell(3, 3000) },
      { group: 'not_said', ...cell(null, 40) },
    ],
    spread: { groups: 2, worst: 'F', best: 'M', maxMin, maxMinusMin: 0.002, gini: 0.3 },
    ...changes,
  }
}

/** For tests: 200 searches for somebody enrolled, 100 for somebody not. */
export function figures(changes: Partial<EvaluationFigures> = {}): EvaluationFigures {
  const listed = (rank: number, missed: number) => ({
    rank,
    errors: missed,
    trials: 200,
    rate: 1 - missed / 200,
    low: 0.9,
    high: 0.99,
  })
  return {
    madeAt: '2026-11-22T08:00:00Z',
    set: { name: 'faces', digest: 'a'.repeat(64), photographs: 500, people: 300 },
    protocol: {
      ...{ sentence: 'First photograph enrolled.', faceRule: '', enrolled: 200, listLength: 50 },
      ...{ matedSearches: 200, nonMatedSearches: 100 },
    },
    failures: { enrolment: rate(0, 200), extraction: rate(1, 300) },
    cmc: [listed(1, 4), listed(2, 3), listed(50, 1)],
    rankOneMissByPerson: null,
    thresholds: [
      {
        ...{ targetFpir: 0.01, threshold: 0.4, fpir: rate(1, 100), fnir: rate(10, 200), fnirByPerson: null },
        ...{ selectivity: rate(1, 100), carried: true, sentence: '' },
      },
    ],
    det: [
      { threshold: 0.2, fnir: 0.005, fpir: 0.5 },
      { threshold: 0.4, fnir: 0.05, fpir: 0.01 },
      { threshold: 0.9, fnir: 1, fpir: 0 },
    ],
    verification: [],
    calibration: { points: [], impostorComparisons: 0, floor: 1 },
    ...{ groupThreshold: 0.4, groups: [], groupComparisons: null, discard: null, limits: [] },
    ...changes,
  }
}

export function evaluation(changes: Partial<CardEvaluation> = {}): CardEvaluation {
  const atFloor = { fnir: 0.03, fpir: 0.4 }
  return { origin: 'shipped', id: null, digest: 'd'.repeat(64), figures: figures(), atFloor, ...changes }
}

export function card(changes: Partial<ModelCard> = {}): ModelCard {
  const points = [
    { score: 0.3, fmr: 0.001 },
    { score: 0.5, fmr: 0.00001 },
  ]
  return {
    model: { id: 'engine-2', sha256: 'e'.repeat(64), dimension: 704 },
    origin: 'built_in',
    ...{ serves: [], never: [], networks: [], evaluations: [], leftOut: [], measured: [], notMeasured: [] },
    operatingPoint: { similarityFloor: 0.35, since: null, change: null, evaluation: null },
    calibration: { origin: 'engine', dataset: 'faces', impostorComparisons: 1_000_000, points },
    limits: { refuseBelowInterEyePixels: 12, warnBelowInterEyePixels: 16 },
    ...changes,
  }
}
