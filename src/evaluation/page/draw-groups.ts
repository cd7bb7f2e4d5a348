import type { GroupTable, SearchDifferentials } from '../figures/differentials.ts'
import { interval, share } from '../plain-numbers.ts'
import { axisTitle } from '../tables-of-groups.ts'
import { type ChartScale, evenScale } from './chart-scale.ts'
import { escapeText } from './page-parts.ts'

const WIDTH = 720
const ROW = 30
const TOP = 34
/** Left and right end of the two panels: missed mates, and strangers listed. */
const PANELS = { fnir: [190, 430], fpir: [465, 705] } as const

/** FNIR and FPIR of every rated group side by side, each a dot with its interval; null when no group is rated. */
export function drawGroups(axis: SearchDifferentials): string | null {
  const rated = (table: GroupTable) => table.rows.filter((row) => row.rate !== null)
  const names = [...new Set([...rated(axis.fnir), ...rated(axis.fpir)].map((row) => row.group))].sort()
  if (names.length === 0) return null
  const height = TOP + names.length * ROW + 34
  const id = `groups-${axis.axis}`
  return [
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escapeText(axisTitle(axis))}</title>`,
    `<desc id="${id}-d">FNIR and FPIR of each group with 95 % intervals; the table below has the numbers.</desc>`,
    ...names.map((name, at) => `<text x="4" y="${rowAt(at) + 4}">${escapeText(shorten(name))}</text>`),
    drawPanel('fnir', 'FNIR', axis.fnir, names),
    drawPanel('fpir', 'FPIR', axis.fpir, names),
    '</svg>',
  ].join('\n')
}

function drawPanel(panel: keyof typeof PANELS, title: string, table: GroupTable, names: readonly string[]): string {
  const [left, right] = PANELS[panel]
  const most = Math.max(0.001, ...table.rows.map((row) => row.rate?.high ?? 0))
  const scale = evenScale([0, most], [left, right], share)
  const bottom = TOP + names.length * ROW
  const kept = scale.ticks.filter((_, at) => at % (scale.ticks.length > 4 ? 2 : 1) === 0)
  const grid = kept.map(({ value, label }) => {
    const at = place(scale.at(value))
    return (
      `<line class="grid" x1="${at}" y1="${TOP - 8}" x2="${at}" y2="${bottom}"/>` +
      `<text x="${at}" y="${bottom + 18}" text-anchor="middle">${label}</text>`
    )
  })
  const rows = names.map((name, at) => drawRow(scale, table, name, rowAt(at), left))
  return `<text class="axis" x="${left}" y="16">${title}</text>${grid.join('')}${rows.join('')}`
}

function drawRow(scale: ChartScale, table: GroupTable, name: string, y: number, left: number): string {
  const rate = table.rows.find((row) => row.group === name)?.rate ?? null
  if (rate === null || rate.rate === null) return `<text class="none" x="${left + 4}" y="${y + 4}">too few</text>`
  const [low, high, dot] = [rate.low, rate.high, rate.rate].map((value) => place(scale.at(value)))
  return (
    `<path class="bar" d="M${low} ${y}H${high}M${low} ${y - 5}v10M${high} ${y - 5}v10"/>` +
    `<circle class="dot" cx="${dot}" cy="${y}" r="4.5"><title>${share(rate.rate)} (${interval(rate)})</title></circle>`
  )
}

function rowAt(at: number): number {
  return TOP + at * ROW + ROW / 2 - 4
}

function shorten(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name
}

function place(value: number): number {
  return Math.round(value * 10) / 10
}
