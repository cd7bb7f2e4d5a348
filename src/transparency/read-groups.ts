import type { CardAxis, CardCell, CardGroup, CardGroupComparisons, CardSpread } from './card-figures.ts'
import { rateOf } from './read-rate.ts'
import type { ReportPart } from './report-part.ts'

/** Error rates by group on one axis: one row for each group, suppressed groups named. */
export function axisOf(axis: ReportPart): CardAxis {
  const [fnir, fpir] = [axis.part('fnir'), axis.part('fpir')]
  const [missed, listed] = [cellsOf(fnir), cellsOf(fpir)]
  const names = [...new Set([...missed.keys(), ...listed.keys()])].sort()
  const rows = names.map(
    (group): CardGroup => ({
      group,
      missed: missed.get(group) ?? null,
      listed: listed.get(group) ?? null,
    }),
  )
  return { axis: axis.text('axis'), rows, missedSpread: spreadOf(fnir), listedSpread: spreadOf(fpir) }
}

/** Pairs of two people of one group on one axis: how often the threshold set on everybody takes them for one person. */
export function comparisonsOf(axis: ReportPart): CardGroupComparisons {
  const fmr = axis.part('fmr')
  return {
    axis: axis.text('axis'),
    threshold: axis.number('threshold'),
    everybody: rateOf(axis.part('everybody')),
    pairs: axis.count('impostorPairs'),
    rows: fmr.parts('rows').map((row) => ({ group: row.text('group'), ...cellOf(row) })),
    spread: spreadOf(fmr),
  }
}

function cellsOf(table: ReportPart): ReadonlyMap<string, CardCell> {
  return new Map(table.parts('rows').map((row) => [row.text('group'), cellOf(row)]))
}

function cellOf(row: ReportPart): CardCell {
  return {
    people: row.count('subjects'),
    trials: row.count('trials'),
    rate: row.orNull('rate', (part, name) => rateOf(part.part(name))),
    suppressed: row.orNull('suppressed', (part, name) => part.text(name)),
  }
}

function spreadOf(table: ReportPart): CardSpread | null {
  return table.orNull('spread', (part, name) => {
    const spread = part.part(name)
    const maxMin = spread.part('maxMin')
    const number = (whole: ReportPart, field: string) => whole.number(field)
    return {
      groups: spread.count('groups'),
      worst: spread.text('worst'),
      best: spread.text('best'),
      maxMin: {
        value: maxMin.orNull('value', number),
        low: maxMin.number('low'),
        high: maxMin.orNull('high', number),
      },
      maxMinusMin: spread.share('maxMinusMin'),
      gini: spread.number('gini'),
    }
  })
}
