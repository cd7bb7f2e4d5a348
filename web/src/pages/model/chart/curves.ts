import type { EvaluationFigures } from '../../../api/types.ts'
import { score, share } from '../numbers.ts'
import { ACROSS, type ChartMark, UPWARDS } from './line-chart.tsx'
import { evenScale, logScale, type Scale } from './scale.ts'

/** What a picture is drawn from. */
export interface Curve {
  readonly x: Scale
  readonly y: Scale
  readonly line: readonly (readonly [number, number])[]
  readonly marks: readonly ChartMark[]
}

/** DET: FNIR against FPIR, both on logarithmic axes, where a rate of 0 has no place; null with fewer than two points. */
export function detCurve({ det, thresholds }: EvaluationFigures): Curve | null {
  const drawn = det.filter(({ fnir, fpir }) => fnir > 0 && fpir > 0)
  if (drawn.length < 2) return null
  const marks = thresholds.flatMap(({ threshold, fpir, fnir }): ChartMark[] => {
    if (!fpir.rate || !fnir.rate) return []
    return [{ x: fpir.rate, y: fnir.rate, low: fnir.low, high: fnir.high, label: `T ${score(threshold)}` }]
  })
  const lowest = (values: readonly number[]) => Math.min(0.1, 10 ** Math.floor(Math.log10(Math.min(...values)) + 1e-9))
  return {
    x: logScale([lowest(drawn.map(({ fpir }) => fpir)), 1], ACROSS, share),
    y: logScale([lowest(drawn.map(({ fnir }) => fnir)), 1], UPWARDS, share),
    line: drawn.map(({ fpir, fnir }) => [fpir, fnir] as const),
    marks,
  }
}

const MARKED_RANKS = [1, 5, 10, 20, 50]

/** CMC: the share of mates among the first R; null with fewer than two ranks. */
export function cmcCurve({ cmc }: EvaluationFigures): Curve | null {
  const points = cmc.flatMap(({ rank, rate, low, high }) => (rate === null ? [] : [{ rank, rate, low, high }]))
  const last = points.at(-1)
  if (last === undefined || points.length < 2) return null
  const lowest = Math.min(...points.map(({ low }) => low))
  const floor = Math.max(0, lowest - Math.max(0.002, (1 - lowest) * 0.1))
  return {
    x: logScale([1, Math.max(2, last.rank)], ACROSS, String),
    y: evenScale([floor, 1], UPWARDS, share),
    line: points.map(({ rank, rate }) => [rank, rate] as const),
    marks: points
      .filter(({ rank }) => MARKED_RANKS.includes(rank))
      .map(({ rank, rate, low, high }) => ({ x: rank, y: rate, low, high, label: '' })),
  }
}

/** Error versus discard: FNIR of the rest as probes of lowest quality are left out; null when nothing can be drawn. */
export function discardCurve({ discard }: EvaluationFigures): Curve | null {
  const points = (discard?.points ?? []).flatMap(({ fraction, rate }) =>
    rate.rate === null ? [] : [{ fraction, rate: rate.rate, low: rate.low, high: rate.high }],
  )
  const most = Math.max(0, ...points.map(({ high }) => high))
  const end = Math.max(0, ...points.map(({ fraction }) => fraction))
  if (points.length < 2 || most === 0 || end === 0) return null
  return {
    x: evenScale([0, end], ACROSS, share),
    y: evenScale([0, most], UPWARDS, share),
    line: points.map(({ fraction, rate }) => [fraction, rate] as const),
    marks: points.map(({ fraction, rate, low, high }) => ({ x: fraction, y: rate, low, high, label: '' })),
  }
}
