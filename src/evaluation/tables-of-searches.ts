import type { EvaluationReport } from './evaluation-report.ts'
import { type Rate, rateOf } from './figures/error-rates.ts'
import { counted, interval, mean, plainNumber, score, share, succeeded } from './plain-numbers.ts'
import { numbers, type ReportTable, words } from './report-table.ts'

/** Ranks that the short table names. */
const SHORT_RANKS = [1, 5, 10, 20, 50]

/** Investigation: a person reads the list, no threshold. FNIR(N,R,0). */
export function rankTable({ cmc }: EvaluationReport): ReportTable {
  return {
    title: 'A person reads the first R candidates, whatever their score',
    columns: [numbers('R'), numbers('FNIR(N,R,0)'), numbers('95 % interval'), numbers('mates missed')],
    rows: cmc
      .filter(({ rank }) => SHORT_RANKS.includes(rank))
      .map((point) => {
        const missed = rateOf(point.errors, point.trials)
        return [String(point.rank), share(missed.rate), interval(missed), counted(missed)]
      }),
  }
}

/** Every rank: the twin of the CMC curve. */
export function cmcTable({ cmc }: EvaluationReport): ReportTable {
  return {
    title: 'CMC, point by point',
    columns: [numbers('R'), numbers('CMC(R)'), numbers('95 % interval'), numbers('mates listed')],
    rows: cmc.map((point) => [String(point.rank), share(point.rate), interval(point), succeeded(point)]),
  }
}

/** With a threshold: FNIR(N,L,T) at fixed FPIR(N,T). */
export function thresholdTable({ operatingPoints }: EvaluationReport): ReportTable {
  return {
    title: 'Only candidates at a threshold or above are listed',
    columns: [
      numbers('target FPIR'),
      numbers('threshold T'),
      numbers('FPIR(N,T)'),
      numbers('95 % interval'),
      numbers('FNIR(N,L,T)'),
      numbers('95 % interval'),
      numbers('interval by person'),
      numbers('SEL(N,T)'),
    ],
    rows: operatingPoints.map(({ threshold, fnir, fnirByPerson, selectivity }) => [
      `${share(threshold.targetFpir)}${threshold.carried ? '' : ' *'}`,
      score(threshold.threshold),
      share(threshold.measured.rate),
      interval(threshold.measured),
      share(fnir.rate),
      interval(fnir),
      interval(fnirByPerson),
      mean(selectivity.rate),
    ]),
  }
}

/** A readable number of points of the DET curve, ends included: its twin. */
export function detTable({ det }: EvaluationReport): ReportTable {
  const most = 16
  const step = Math.max(1, (det.length - 1) / (most - 1))
  const places = new Set(Array.from({ length: Math.min(most, det.length) }, (_, at) => Math.round(at * step)))
  const rows = det
    .filter((_, at) => places.has(at))
    .map((point) => [score(point.threshold), share(point.fpir), share(point.fnir)])
  return { title: 'DET, some points', columns: [numbers('T'), numbers('FPIR(N,T)'), numbers('FNIR(N,L,T)')], rows }
}

/** Photographs of which no template could be made. */
export function failureTable({ failures }: EvaluationReport): ReportTable {
  const row = (what: string, rate: Rate) => [what, share(rate.rate), interval(rate), counted(rate)]
  return {
    title: 'Photographs that gave no template; each counts as a miss',
    columns: [words('what'), numbers('rate'), numbers('95 % interval'), numbers('photographs')],
    rows: [
      row('FTE, enrolling', failures.enrolment),
      row('FTX, probes', failures.extraction),
      ...failures.byCode.map(({ code, photographs }) => [`of these, ${code}`, '', '', plainNumber(photographs)]),
    ],
  }
}

/** Null when the engine measures no quality. */
export function discardTable({ discard }: EvaluationReport): ReportTable | null {
  if (discard === null) return null
  return {
    title: `Error versus discard at T = ${score(discard.threshold)}`,
    columns: [
      numbers('worst left out'),
      numbers('least quality kept'),
      numbers('FNIR of the rest'),
      numbers('95 % interval'),
      numbers('mates missed'),
    ],
    rows: discard.points.map((point) => [
      share(point.fraction),
      point.leastQuality === null ? '–' : String(Math.round(point.leastQuality)),
      share(point.rate.rate),
      interval(point.rate),
      counted(point.rate),
    ]),
  }
}
