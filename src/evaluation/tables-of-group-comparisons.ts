import type { ReportGroupComparisons } from './evaluation-report.ts'
import type { GroupRow } from './figures/differentials.ts'
import { mean, plainNumber, score, share } from './plain-numbers.ts'
import { numbers, type ReportTable, words } from './report-table.ts'
import { axisTitle, rated, spreadTableOf } from './tables-of-groups.ts'

export const GROUP_COMPARISONS_TITLE = 'Two different people of one group compared'

/** Why it is measured, for somebody who knows none of the abbreviations. */
export const WHY_WITHIN_GROUPS =
  'Two people of one group often resemble each other more than two people drawn from everybody. A threshold set on ' +
  'everybody then lists more innocent people of some groups than of others.'

/** How one axis came out, in a sentence. */
export function groupComparisonFinding({ axis, threshold, everybody, fmr }: ReportGroupComparisons): string {
  const at = `${axisTitle({ axis })}: at T = ${score(threshold)}, where FMR over everybody is ${share(everybody.rate)}, `
  if (fmr.spread === null) return `${at}fewer than two groups are large enough to be compared.`
  const of = (name: string) => `in ${name} (${share(fmr.rows.find(({ group }) => group === name)?.rate?.rate ?? null)})`
  // The least ratio that the intervals leave is 1 exactly when they overlap.
  const overlap = fmr.spread.maxMin.low > 1 ? '' : '; their intervals overlap, so no difference is shown'
  return `${at}FMR is highest ${of(fmr.spread.worst)} and lowest ${of(fmr.spread.best)}${overlap}.`
}

/** FMR and FNMR within each group; a group too small to state has its reason. */
export function groupComparisonTable({ axis, everybody, fmr, fnmr }: ReportGroupComparisons): ReportTable {
  const times = (row: GroupRow) => {
    const [own, all] = [row.rate?.rate ?? null, everybody.rate ?? 0]
    return mean(own === null || all === 0 ? null : own / all)
  }
  const missed = (group: string) => fnmr.rows.find((row) => row.group === group)
  return {
    title: `${axisTitle({ axis })}: pairs within a group`,
    columns: [
      words('group'),
      numbers('people'),
      numbers('pairs of two people'),
      numbers('FMR'),
      numbers('95 % interval'),
      numbers('times everybody'),
      numbers('pairs of one person'),
      numbers('FNMR'),
      numbers('95 % interval'),
    ],
    rows: fmr.rows.map((row) => [
      row.group,
      plainNumber(row.subjects),
      plainNumber(row.trials),
      ...rated(row),
      times(row),
      plainNumber(missed(row.group)?.trials ?? 0),
      ...rated(missed(row.group)),
    ]),
  }
}

/** How unequal the groups are; null when fewer than two are rated on either side. */
export function groupComparisonSpread({ axis, fmr, fnmr, fdr }: ReportGroupComparisons): ReportTable | null {
  const title = `${axisTitle({ axis })}: how unequal within groups`
  return spreadTableOf(title, { FMR: fmr.spread, FNMR: fnmr.spread }, fdr)
}
