import type { EvaluationReport } from '../evaluation-report.ts'
import { score, share } from '../plain-numbers.ts'
import { evenScale, logScale } from './chart-scale.ts'
import { type ChartMark, drawChart, PLOT } from './draw-chart.ts'

const ACROSS = [PLOT.left, PLOT.right] as const
const UPWARDS = [PLOT.bottom, PLOT.top] as const

/** DET: FNIR against FPIR, both on log axes; null when nothing can be drawn there. */
export function drawDet({ det, operatingPoints }: EvaluationReport): string | null {
  const drawn = det.filter(({ fnir, fpir }) => fnir > 0 && fpir > 0)
  if (drawn.length < 2) return null
  const marks = operatingPoints.flatMap(({ threshold, fnir }): ChartMark[] => {
    const at = threshold.measured.rate ?? 0
    if (at <= 0 || fnir.rate === null || fnir.rate <= 0) return []
    const label = `T = ${score(threshold.threshold)}`
    return [{ x: at, y: fnir.rate, low: fnir.low, high: fnir.high, label }]
  })
  const lowest = (values: readonly number[]) => 10 ** Math.floor(Math.log10(Math.min(...values)) + 1e-9)
  const lowX = Math.min(0.1, lowest(drawn.map((point) => point.fpir)))
  const lowY = Math.min(0.1, lowest(drawn.map((point) => point.fnir)))
  return drawChart({
    id: 'det',
    title: 'DET curve',
    description: 'FNIR falls as FPIR rises; both axes are logarithmic. The numbers stand in the table below.',
    xTitle: 'FPIR(N,T): searches of people not enrolled that list somebody',
    yTitle: 'FNIR(N,L,T): mates missed',
    x: logScale([lowX, 1], ACROSS, share),
    y: logScale([lowY, 1], UPWARDS, share),
    line: drawn.map((point) => [point.fpir, point.fnir] as const),
    marks,
  })
}

/** CMC: share of mates among the first R, R on a log axis; null without a rank. */
export function drawCmc({ cmc }: EvaluationReport): string | null {
  const points = cmc.filter((point) => point.rate !== null)
  const last = points.at(-1)
  if (last === undefined || points.length < 2) return null
  const lowest = Math.min(...points.map((point) => point.low))
  const floor = Math.max(0, lowest - Math.max(0.002, (1 - lowest) * 0.1))
  return drawChart({
    id: 'cmc',
    title: 'CMC curve',
    description: 'The share of mates among the first R candidates rises with R. The numbers stand in the table below.',
    xTitle: 'R: candidates read',
    yTitle: 'CMC(R): mates listed',
    x: logScale([1, Math.max(2, last.rank)], ACROSS, String),
    y: evenScale([floor, 1], UPWARDS, share),
    line: points.map((point) => [point.rank, point.rate ?? 0] as const),
    marks: points
      .filter(({ rank }) => [1, 5, 10, 20, 50].includes(rank))
      .map(({ rank, rate, low, high }) => ({ x: rank, y: rate ?? 0, low, high, label: '' })),
  })
}

/** FNIR of what remains as probes of low quality are left out; null when no quality is measured. */
export function drawDiscard({ discard }: EvaluationReport): string | null {
  if (discard === null) return null
  const points = discard.points.filter((point) => point.rate.rate !== null)
  const most = Math.max(...points.map((point) => point.rate.high))
  if (points.length < 2 || most <= 0) return null
  const end = Math.max(...points.map((point) => point.fraction))
  return drawChart({
    id: 'discard',
    title: 'Error versus discard',
    description: 'FNIR as the probes of lowest quality are left out. The numbers stand in the table below.',
    xTitle: 'share of probes left out, lowest quality first',
    yTitle: 'FNIR of the rest',
    x: evenScale([0, end], ACROSS, share),
    y: evenScale([0, most], UPWARDS, share),
    line: points.map((point) => [point.fraction, point.rate.rate ?? 0] as const),
    marks: points.map(({ fraction, rate }) => ({
      x: fraction,
      y: rate.rate ?? 0,
      low: rate.low,
      high: rate.high,
      label: '',
    })),
  })
}
