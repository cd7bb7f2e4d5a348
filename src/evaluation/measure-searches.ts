import type { EmbeddedPhoto } from './embed-photos.ts'
import type { EvaluationReport, OperatingPoint, ReportDiscard } from './evaluation-report.ts'
import { detCurve } from './figures/det-curve.ts'
import { searchDifferentials } from './figures/differentials.ts'
import { errorVersusDiscard, qualityTrials, rankCorrelation } from './figures/discard.ts'
import { cmc, fnir, type Reading, selectivity } from './figures/error-rates.ts'
import { clusterBootstrap, type Interval } from './figures/intervals.ts'
import { bySubject, GROUP_AXES, listedMateScore, type MatedSearch } from './figures/searches.ts'
import { thresholdForFpir } from './figures/threshold.ts'
import type { Searches } from './run-searches.ts'

type SearchFigures = Pick<
  EvaluationReport,
  'cmc' | 'rankOneMissByPerson' | 'operatingPoints' | 'det' | 'groupThreshold' | 'groups' | 'discard'
>

/** Ranks of the cumulative characteristic: 1 to 10, then wider. */
const RANKS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 40, 50] as const
const TARGET_FPIRS = [0.1, 0.01, 0.001] as const
/** The target whose threshold serves group tables and the discard curve. */
const MAIN_TARGET = 0.01
const FRACTIONS = [0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3] as const

/** All figures of the 1:N searches. */
export function measureSearches(searches: Searches, photos: readonly EmbeddedPhoto[], seed: number): SearchFigures {
  const { mated, nonMated } = searches
  const operatingPoints = nonMated.length === 0 ? [] : TARGET_FPIRS.map((fpir) => pointAt(searches, fpir, seed))
  const main = operatingPoints.find((point) => point.threshold.targetFpir === MAIN_TARGET)
  const threshold = main?.threshold.threshold ?? null
  const reading = threshold === null ? { rank: 1 } : { threshold }
  return {
    cmc: cmc(mated, RANKS),
    rankOneMissByPerson: intervalByPerson(mated, { rank: 1 }, seed),
    operatingPoints,
    det: detCurve(mated, nonMated),
    groupThreshold: threshold,
    groups: GROUP_AXES.filter((axis) => mated.some((search) => search.groups[axis] !== undefined)).map((axis) =>
      searchDifferentials(mated, nonMated, axis, reading),
    ),
    discard: threshold === null ? null : discardCurve(mated, photos, threshold),
  }
}

function pointAt({ mated, nonMated, enrolled }: Searches, targetFpir: number, seed: number): OperatingPoint {
  const found = thresholdForFpir(nonMated, targetFpir, { enrolled: Math.max(1, enrolled) })
  const reading = found.threshold === null ? {} : { threshold: found.threshold }
  return {
    threshold: found,
    fnir: fnir(mated, reading),
    fnirByPerson: intervalByPerson(mated, reading, seed),
    selectivity: selectivity(nonMated, reading.threshold),
  }
}

function intervalByPerson(mated: readonly MatedSearch[], reading: Reading, seed: number): Interval | null {
  return clusterBootstrap(bySubject(mated), (sample) => fnir(sample, reading).rate, { seed })
}

function discardCurve(
  mated: readonly MatedSearch[],
  photos: readonly EmbeddedPhoto[],
  threshold: number,
): ReportDiscard | null {
  const qualities = new Map(photos.map(({ photo, measures }) => [photo.file, measures.quality]))
  if ([...qualities.values()].every((quality) => quality === null)) return null
  const trials = qualityTrials(mated, (probe) => qualities.get(probe) ?? null)
  const scored = mated.flatMap((search) => {
    const [score, quality] = [listedMateScore(search), qualities.get(search.probe) ?? null]
    return score === null || quality === null ? [] : [{ score, quality }]
  })
  return {
    threshold,
    points: errorVersusDiscard(trials, threshold, FRACTIONS),
    rankCorrelation: rankCorrelation(
      scored.map(({ quality }) => quality),
      scored.map(({ score }) => score),
    ),
  }
}
