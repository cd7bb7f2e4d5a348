import type { EvaluationReport } from '../../evaluation/index.ts'
import { EVALUATION_FLOOR, type EvaluationFloor } from './floor.ts'

/** How one rule of the floor came out. Shares are 0 to 1, and null where nothing could be measured. */
export interface FloorFinding {
  readonly rule: FloorRule
  readonly outcome: 'passed' | 'failed'
  readonly measured: number | null
  readonly limit: number | null
  /** For people. */
  readonly sentence: string
}

export type FloorRule =
  | 'too_few_mated_searches'
  | 'too_few_non_mated_searches'
  | 'misses_above_ceiling'
  | 'misses_more_than_active'
  | 'fails_to_enrol_more_often'
  | 'floor_not_measured'
  | 'floor_lists_too_many'
  | 'floor_misses_too_many'

export interface Judged {
  readonly proposed: EvaluationReport
  /** Of the model in force, on the same set and searches. */
  readonly active: EvaluationReport
  /** Cosine, -1 to 1. */
  readonly similarityFloor: number
}

/** Holds an evaluation against the floor: every rule is judged, so that nobody has to ask eight times. */
export function judgeEvaluation(judged: Judged, floor: EvaluationFloor = EVALUATION_FLOOR): readonly FloorFinding[] {
  return [...judgeSize(judged, floor), ...judgeModel(judged, floor), ...judgeThreshold(judged, floor)]
}

/** Whether two reports are of the same searches of the same photographs. */
export function sameSearches(one: EvaluationReport, other: EvaluationReport): boolean {
  const key = ({ set, protocol }: EvaluationReport) => [set.digest, protocol.seed, protocol.leftOut].join()
  return key(one) === key(other)
}

function judgeSize({ proposed }: Judged, floor: EvaluationFloor): readonly FloorFinding[] {
  const { matedSearches, nonMatedSearches } = proposed.protocol
  const { leastMatedSearches, leastNonMatedSearches } = floor
  return [
    finding('too_few_mated_searches', matedSearches >= leastMatedSearches, matedSearches, leastMatedSearches, {
      says: `It has ${matedSearches} mated searches; at least ${leastMatedSearches} are needed.`,
    }),
    finding(
      'too_few_non_mated_searches',
      nonMatedSearches >= leastNonMatedSearches,
      nonMatedSearches,
      leastNonMatedSearches,
      { says: `It has ${nonMatedSearches} non-mated searches; at least ${leastNonMatedSearches} are needed.` },
    ),
  ]
}

function judgeModel({ proposed, active }: Judged, floor: EvaluationFloor): readonly FloorFinding[] {
  const misses = missesAt(proposed, floor.targetFpir)
  const before = missesAt(active, floor.targetFpir)
  // One search more or less is no difference between two models.
  const oneSearch = 1 / Math.max(1, active.protocol.matedSearches)
  const most = before === null ? null : Math.max(before * floor.mostTimesWorse, before + oneSearch)
  const failures = proposed.failures.enrolment.rate
  const mostFailures = (active.failures.enrolment.rate ?? 0) + floor.mostMoreFailures
  const at = `FNIR at FPIR ${floor.targetFpir}`
  return [
    finding('misses_above_ceiling', isAtMost(misses, floor.highestFnir), misses, floor.highestFnir, {
      says: `Its ${at} is ${show(misses)}; at most ${show(floor.highestFnir)} is allowed.`,
    }),
    finding('misses_more_than_active', isAtMost(misses, most), misses, most, {
      says: `Its ${at} is ${show(misses)}; beside the model in force (${show(before)}) at most ${show(most)} is allowed.`,
    }),
    finding('fails_to_enrol_more_often', isAtMost(failures, mostFailures), failures, mostFailures, {
      says: `Its failure to enrol is ${show(failures)}; at most ${show(mostFailures)} is allowed.`,
    }),
  ]
}

function judgeThreshold({ proposed, similarityFloor }: Judged, floor: EvaluationFloor): readonly FloorFinding[] {
  const fmr = fmrAt(proposed, similarityFloor)
  const misses = fnirAt(proposed, similarityFloor)
  const lowest = proposed.calibration.points[0]?.score ?? null
  return [
    finding('floor_not_measured', fmr !== null, similarityFloor, lowest, {
      says: `FMR is measured from similarity score ${show(lowest)} on; the floor is ${show(similarityFloor)}.`,
    }),
    finding('floor_lists_too_many', isAtMost(fmr, floor.highestFmrAtFloor), fmr, floor.highestFmrAtFloor, {
      says: `FMR at the floor is ${show(fmr)}; at most ${show(floor.highestFmrAtFloor)} is allowed.`,
    }),
    finding('floor_misses_too_many', isAtMost(misses, floor.highestFnirAtFloor), misses, floor.highestFnirAtFloor, {
      says: `FNIR at the floor is ${show(misses)}; at most ${show(floor.highestFnirAtFloor)} is allowed.`,
    }),
  ]
}

/** FNIR at the threshold that keeps a target FPIR; null when no such threshold was found. */
function missesAt({ operatingPoints }: EvaluationReport, targetFpir: number): number | null {
  const point = operatingPoints.find(({ threshold }) => Math.abs(threshold.targetFpir - targetFpir) < 1e-9)
  return point === undefined || point.threshold.threshold === null ? null : point.fnir.rate
}

/** FMR at a score, that of the nearest measured point below it, so never too small; null below all of them. */
function fmrAt({ calibration }: EvaluationReport, score: number): number | null {
  return calibration.points.findLast((point) => point.score <= score)?.fmr ?? null
}

/** FNIR at a threshold, that of the nearest measured one above it, so never too small; null without any. */
function fnirAt({ det }: EvaluationReport, threshold: number): number | null {
  return det.find((point) => point.threshold >= threshold)?.fnir ?? null
}

function isAtMost(measured: number | null, limit: number | null): boolean {
  return measured !== null && limit !== null && measured <= limit
}

function finding(
  rule: FloorRule,
  passed: boolean,
  measured: number | null,
  limit: number | null,
  { says }: { readonly says: string },
): FloorFinding {
  return { rule, outcome: passed ? 'passed' : 'failed', measured, limit, sentence: says }
}

function show(value: number | null): string {
  return value === null ? 'not measured' : String(Math.round(value * 1e4) / 1e4)
}
