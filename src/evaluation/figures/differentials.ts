import { fnir, fpir, type Rate, type Reading, selectivity } from './error-rates.ts'
import { fairnessDiscrepancyRate, type GroupSpread, spreadOf } from './group-spread.ts'
import type { GroupAxis, Groups, MatedSearch, NonMatedSearch } from './searches.ts'
import type { Scores, SortedScores } from './sorted-scores.ts'
import { fmr, fnmr } from './verification.ts'

/** When a group is too small to state a rate of. */
export interface SuppressionRule {
  readonly leastSubjects: number
  readonly leastTrials: number
  /** Errors a rate must rest on; 0 lets a rate without errors stand, with its interval. */
  readonly leastErrors: number
}

/** The usual rule: ten people and thirty trials. */
export const SUPPRESSION = { leastSubjects: 10, leastTrials: 30, leastErrors: 0 } as const satisfies SuppressionRule

export interface GroupRow {
  readonly group: string
  readonly subjects: number
  readonly trials: number
  /** Null when the group is suppressed. */
  readonly rate: Rate | null
  /** Why no rate is stated; null when one is. */
  readonly suppressed: string | null
}

/** One error rate by group. */
export interface GroupTable {
  /** By name. Suppressed groups are named but not rated, and stay out of the spread. */
  readonly rows: readonly GroupRow[]
  /** Trials whose group is not recorded; in no row. */
  readonly unrecorded: number
  /** Null with fewer than two rated groups. */
  readonly spread: GroupSpread | null
}

/** Both error rates of a gallery search by group of the probe's person. */
export interface SearchDifferentials {
  readonly axis: GroupAxis
  readonly fnir: GroupTable
  readonly fpir: GroupTable
  /** Innocent candidates per non-mated search: who is put in front of an examiner. */
  readonly selectivity: GroupTable
  /** Fairness Discrepancy Rate of FPIR and FNIR, alpha .5, over groups rated in both; null with fewer than two. */
  readonly fdr: number | null
}

/** Both error rates of one-against-one comparisons by group. */
export interface ComparisonDifferentials {
  readonly fnmr: GroupTable
  readonly fmr: GroupTable
  readonly fdr: number | null
}

/** Comparisons within one group: genuine ones, and impostors of the same group. */
export interface GroupSample {
  readonly group: string
  readonly subjects: number
  /** People that the genuine comparisons are of; `subjects` unless told. */
  readonly genuineSubjects?: number
  readonly genuine: Scores | SortedScores
  readonly impostor: Scores | SortedScores
  /** Genuine comparisons that could not be made; they count as errors. 0 unless told. */
  readonly failedGenuine?: number
}

export interface DifferentialOptions extends Reading {
  readonly rule?: SuppressionRule
}

/** A group before suppression. */
interface Cell {
  readonly group: string
  readonly subjects: number
  readonly rate: Rate
}

/**
 * FNIR, FPIR and SEL by group at one reading of the list. False positives and false negatives are kept
 * apart, never folded into one accuracy. Source: NIST IR 8280; ISO/IEC 19795-10.
 */
export function searchDifferentials(
  mated: readonly MatedSearch[],
  nonMated: readonly NonMatedSearch[],
  axis: GroupAxis,
  { rule = SUPPRESSION, ...reading }: DifferentialOptions = {},
): SearchDifferentials {
  const byFnir = groupTable(mated, axis, (trials) => fnir(trials, reading), rule)
  const byFpir = groupTable(nonMated, axis, (trials) => fpir(trials, reading.threshold), rule)
  const bySelectivity = groupTable(nonMated, axis, (trials) => selectivity(trials, reading.threshold), rule)
  return { axis, fnir: byFnir, fpir: byFpir, selectivity: bySelectivity, fdr: fdrOf(byFpir, byFnir) }
}

/** FNMR and FMR by group at one threshold; impostors are compared within their group. */
export function comparisonDifferentials(
  samples: readonly GroupSample[],
  threshold: number,
  rule: SuppressionRule = SUPPRESSION,
): ComparisonDifferentials {
  const tableOf = (cellOf: (sample: GroupSample) => Omit<Cell, 'group'>): GroupTable =>
    tableOfCells(
      samples.map((sample) => ({ group: sample.group, ...cellOf(sample) })),
      0,
      rule,
    )
  const byFnmr = tableOf(({ genuine, subjects, genuineSubjects = subjects, failedGenuine }) => {
    return { subjects: genuineSubjects, rate: fnmr(genuine, threshold, failedGenuine) }
  })
  const byFmr = tableOf(({ impostor, subjects }) => ({ subjects, rate: fmr(impostor, threshold) }))
  return { fnmr: byFnmr, fmr: byFmr, fdr: fdrOf(byFmr, byFnmr) }
}

/** Any rate by group: trials are parted by the axis, rated, suppressed by the rule and compared. */
export function groupTable<T extends { readonly subject: string; readonly groups: Groups }>(
  trials: readonly T[],
  axis: GroupAxis,
  rateOf: (trials: readonly T[]) => Rate,
  rule: SuppressionRule = SUPPRESSION,
): GroupTable {
  const groups = Map.groupBy(trials, (trial) => trial.groups[axis] ?? '')
  const cells = [...groups]
    .filter(([group]) => group !== '')
    .map(([group, members]) => ({
      group,
      subjects: new Set(members.map((trial) => trial.subject)).size,
      rate: rateOf(members),
    }))
  return tableOfCells(cells, groups.get('')?.length ?? 0, rule)
}

function tableOfCells(cells: readonly Cell[], unrecorded: number, rule: SuppressionRule): GroupTable {
  const rows = [...cells]
    .sort((one, other) => (one.group < other.group ? -1 : 1))
    .map(({ group, subjects, rate }): GroupRow => {
      const suppressed = whySuppressed(subjects, rate, rule)
      return { group, subjects, trials: rate.trials, rate: suppressed === null ? rate : null, suppressed }
    })
  const rated = rows.flatMap(({ group, rate }) =>
    rate === null || rate.rate === null ? [] : [{ group, rate: rate.rate, low: rate.low, high: rate.high }],
  )
  return { rows, unrecorded, spread: spreadOf(rated) }
}

function whySuppressed(subjects: number, rate: Rate, rule: SuppressionRule): string | null {
  if (subjects < rule.leastSubjects) return `${subjects} people; a rate is stated from ${rule.leastSubjects}.`
  // A group without a single trial has no rate whatever the rule says.
  const leastTrials = Math.max(1, rule.leastTrials)
  if (rate.trials < leastTrials) return `${rate.trials} trials; a rate is stated from ${leastTrials}.`
  if (rate.errors < rule.leastErrors) return `${rate.errors} errors; a rate is stated from ${rule.leastErrors}.`
  return null
}

function fdrOf(falsePositives: GroupTable, falseNegatives: GroupTable): number | null {
  const pairs = falsePositives.rows.flatMap(({ group, rate }) => {
    const other = falseNegatives.rows.find((row) => row.group === group)?.rate?.rate ?? null
    return rate === null || rate.rate === null || other === null ? [] : [{ positive: rate.rate, negative: other }]
  })
  return fairnessDiscrepancyRate(
    pairs.map((pair) => pair.positive),
    pairs.map((pair) => pair.negative),
  )
}
