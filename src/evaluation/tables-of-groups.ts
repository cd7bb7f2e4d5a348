import type { GroupRow, SearchDifferentials } from './figures/differentials.ts'
import type { GroupSpread, SpreadRatio } from './figures/group-spread.ts'
import { interval, mean, plainNumber, share } from './plain-numbers.ts'
import { numbers, type ReportTable, words } from './report-table.ts'

const AXIS_TITLES = {
  sex: 'Sex, as recorded',
  ageBand: 'Age in the photograph, as recorded',
  race: 'Race, as recorded',
  skin: 'Luminance of the face, as measured on the photograph',
} as const satisfies Readonly<Record<SearchDifferentials['axis'], string>>

/** What an axis is called. */
export function axisTitle({ axis }: Pick<SearchDifferentials, 'axis'>): string {
  return AXIS_TITLES[axis]
}

/** Both error rates of every group; a group too small to state has dashes and its reason. */
export function groupTableOf(axis: SearchDifferentials): ReportTable {
  const names = [...new Set([...axis.fnir.rows, ...axis.fpir.rows].map((row) => row.group))].sort()
  return {
    title: axisTitle(axis),
    columns: [
      words('group'),
      numbers('people'),
      numbers('mated searches'),
      numbers('FNIR'),
      numbers('95 % interval'),
      numbers('non-mated searches'),
      numbers('FPIR'),
      numbers('95 % interval'),
      numbers('SEL'),
    ],
    rows: names.map((name) => groupRow(axis, name)),
  }
}

function groupRow(axis: SearchDifferentials, name: string): readonly string[] {
  const of = (table: SearchDifferentials['fnir']) => table.rows.find((row) => row.group === name)
  const [missed, listed, innocents] = [of(axis.fnir), of(axis.fpir), of(axis.selectivity)]
  const people = (missed?.subjects ?? 0) + (listed?.subjects ?? 0)
  return [
    name,
    plainNumber(people),
    plainNumber(missed?.trials ?? 0),
    ...rated(missed),
    plainNumber(listed?.trials ?? 0),
    ...rated(listed),
    mean(innocents?.rate?.rate ?? null),
  ]
}

/** A group's rate and interval, or why neither is stated. */
export function rated(row: GroupRow | undefined): readonly [string, string] {
  return row?.rate ? [share(row.rate.rate), interval(row.rate)] : ['too few', row?.suppressed?.split(';')[0] ?? '–']
}

/** How unequal the groups are; null when fewer than two are rated on either side. */
export function spreadTable(axis: SearchDifferentials): ReportTable | null {
  const { fnir, fpir, fdr } = axis
  return spreadTableOf(`${axisTitle(axis)}: how unequal`, { FNIR: fnir.spread, FPIR: fpir.spread }, fdr)
}

/** All measures of inequality of two error rates, by name; null when neither has two rated groups. */
export function spreadTableOf(
  title: string,
  spreads: Readonly<Record<string, GroupSpread | null>>,
  fdr: number | null,
): ReportTable | null {
  const all = Object.values(spreads)
  if (all.every((spread) => spread === null)) return null
  const row = (name: string, of: (spread: GroupSpread) => string) => {
    return [name, ...all.map((spread) => (spread === null ? '–' : of(spread)))]
  }
  return {
    title,
    columns: [words('measure'), ...Object.keys(spreads).map((name) => numbers(`of ${name}`))],
    rows: [
      row('highest in group', (spread) => spread.worst),
      row('Max / Min', (spread) => ratio(spread.maxMin)),
      row('Max / GeoMean', (spread) => ratio(spread.maxGeoMean)),
      row('Max - Min', (spread) => share(spread.maxMinusMin)),
      row('Gini (0 is equal)', (spread) => spread.gini.toFixed(3)),
      ['FDR of both, alpha .5 (1 is equal)', fdr === null ? '–' : fdr.toFixed(4), ''],
    ],
  }
}

function ratio({ value, low, high }: SpreadRatio): string {
  const ends = `${mean(low)} to ${high === null ? 'no bound' : mean(high)}`
  return value === null ? `undefined (${ends})` : `${mean(value)} (${ends})`
}
