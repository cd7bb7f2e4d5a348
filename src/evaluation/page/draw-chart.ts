import type { ChartScale } from './chart-scale.ts'
import { escapeText } from './page-parts.ts'

/** A point of a measured curve with its interval. */
export interface ChartMark {
  readonly x: number
  readonly y: number
  readonly low: number
  readonly high: number
  readonly label: string
}

export interface Chart {
  readonly id: string
  readonly title: string
  /** What the picture shows, for those who do not see it. */
  readonly description: string
  readonly xTitle: string
  readonly yTitle: string
  readonly x: ChartScale
  readonly y: ChartScale
  readonly line: readonly (readonly [number, number])[]
  readonly marks: readonly ChartMark[]
}

/** Drawing area in user units: left, top, right, bottom of the plot, in a picture of 720 by 440. */
export const PLOT = { left: 76, top: 18, right: 700, bottom: 372, width: 720, height: 440 } as const

/** A line chart as SVG: grid, axes with titles, the curve, marks with their intervals. */
export function drawChart(chart: Chart): string {
  const { id, title, description } = chart
  return [
    `<svg class="chart" viewBox="0 0 ${PLOT.width} ${PLOT.height}" role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escapeText(title)}</title><desc id="${id}-d">${escapeText(description)}</desc>`,
    ...drawColumns(chart),
    ...drawRows(chart),
    `<path class="curve" d="${pathOf(chart)}"/>`,
    ...chart.marks.map((mark) => drawMark(chart, mark)),
    '</svg>',
  ].join('\n')
}

function drawColumns({ x, xTitle }: Chart): readonly string[] {
  const middle = (PLOT.left + PLOT.right) / 2
  const ticks = x.ticks.map(({ value, label }) => {
    const at = place(x.at(value))
    const text = label === '' ? '' : `<text x="${at}" y="${PLOT.bottom + 20}" text-anchor="middle">${label}</text>`
    return `<line class="${gridOf(label)}" x1="${at}" y1="${PLOT.top}" x2="${at}" y2="${PLOT.bottom}"/>${text}`
  })
  return [
    ...ticks,
    `<text class="axis" x="${middle}" y="${PLOT.bottom + 52}" text-anchor="middle">${escapeText(xTitle)}</text>`,
  ]
}

function drawRows({ y, yTitle }: Chart): readonly string[] {
  const middle = (PLOT.top + PLOT.bottom) / 2
  const ticks = y.ticks.map(({ value, label }) => {
    const at = place(y.at(value))
    const text = label === '' ? '' : `<text x="${PLOT.left - 9}" y="${at + 4}" text-anchor="end">${label}</text>`
    return `<line class="${gridOf(label)}" x1="${PLOT.left}" y1="${at}" x2="${PLOT.right}" y2="${at}"/>${text}`
  })
  const turned = `transform="rotate(-90 16 ${middle})"`
  return [
    ...ticks,
    `<text class="axis" x="16" y="${middle}" text-anchor="middle" ${turned}>${escapeText(yTitle)}</text>`,
  ]
}

function pathOf({ line, x, y }: Chart): string {
  return line
    .map(([valueX, valueY], at) => `${at === 0 ? 'M' : 'L'}${place(x.at(valueX))} ${place(y.at(valueY))}`)
    .join('')
}

/** A dot, its interval as a bar, and its name beside. */
function drawMark({ x, y }: Chart, mark: ChartMark): string {
  const at = place(x.at(mark.x))
  const within = (value: number) => place(Math.min(PLOT.bottom, Math.max(PLOT.top, y.at(value))))
  const [dot, low, high] = [within(mark.y), within(mark.low), within(mark.high)]
  const atRight = at > PLOT.right - 130
  const side = atRight ? `x="${at - 10}" text-anchor="end"` : `x="${at + 10}"`
  const name = mark.label === '' ? '' : `<text class="mark" ${side} y="${dot - 8}">${escapeText(mark.label)}</text>`
  return (
    `<path class="bar" d="M${at} ${low}V${high}M${at - 5} ${low}h10M${at - 5} ${high}h10"/>` +
    `<circle class="dot" cx="${at}" cy="${dot}" r="4.5"/>${name}`
  )
}

function gridOf(label: string): string {
  return label === '' ? 'grid fine' : 'grid'
}

function place(value: number): number {
  return Math.round(value * 10) / 10
}
