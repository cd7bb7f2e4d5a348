import type { EvaluationReport } from './evaluation-report.ts'
import { plainNumber } from './plain-numbers.ts'
import { summaryOf } from './report-summary.ts'
import type { ReportTable } from './report-table.ts'
import { calibrationTable, verificationTable } from './tables-of-comparisons.ts'
import {
  GROUP_COMPARISONS_TITLE,
  groupComparisonFinding,
  groupComparisonSpread,
  groupComparisonTable,
  WHY_WITHIN_GROUPS,
} from './tables-of-group-comparisons.ts'
import { groupTableOf, spreadTable } from './tables-of-groups.ts'
import { discardTable, failureTable, rankTable, thresholdTable } from './tables-of-searches.ts'

/** The report for a terminal: what was measured, the tables in the shape of NIST FRTE 1:N, and the limits. */
export function reportText(report: EvaluationReport): string {
  const tables = [
    rankTable(report),
    thresholdTable(report),
    failureTable(report),
    verificationTable(report),
    calibrationTable(report),
    discardTable(report),
    ...report.groups.flatMap((axis) => [groupTableOf(axis), spreadTable(axis)]),
  ]
  const shown = tables.filter((table) => table !== null && table.rows.length > 0) as readonly ReportTable[]
  return [
    ...headLines(report),
    '',
    ...summaryOf(report),
    ...shown.flatMap((table) => ['', ...tableLines(table)]),
    ...groupComparisonLines(report),
    '',
    'How it was measured',
    ...[report.protocol.sentence, report.protocol.faceRule].map((line) => `  ${line}`),
    '',
    'What these figures cannot tell',
    ...report.limits.map((line) => `  - ${line}`),
  ].join('\n')
}

function groupComparisonLines({ groupComparisons = [] }: EvaluationReport): readonly string[] {
  if (groupComparisons.length === 0) return []
  const tables = groupComparisons.flatMap((axis) => [groupComparisonTable(axis), groupComparisonSpread(axis)])
  return [
    '',
    GROUP_COMPARISONS_TITLE,
    ...[WHY_WITHIN_GROUPS, ...groupComparisons.map(groupComparisonFinding)].map((line) => `  ${line}`),
    ...tables.flatMap((table) => (table === null ? [] : ['', ...tableLines(table)])),
  ]
}

function headLines({ model, set, protocol, madeAt }: EvaluationReport): readonly string[] {
  return [
    `model     ${model.id}  sha256 ${model.sha256.slice(0, 16)}`,
    `set       ${set.name}: ${plainNumber(set.photographs)} photographs of ${plainNumber(set.people)} people  sha256 ${set.digest.slice(0, 16)}`,
    `searches  N = ${plainNumber(protocol.enrolled)} enrolled, ${plainNumber(protocol.matedSearches)} mated, ` +
      `${plainNumber(protocol.nonMatedSearches)} non-mated, lists of L = ${protocol.listLength}`,
    `made      ${madeAt}`,
  ]
}

/** A table as lines: columns two spaces apart, numbers at the right. */
export function tableLines({ title, columns, rows }: ReportTable): readonly string[] {
  const all = [columns.map((column) => column.title), ...rows]
  const widths = columns.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)))
  const lines = all.map((row) =>
    columns
      .map((column, at) => {
        const [cell, width] = [row[at] ?? '', widths[at] ?? 0]
        return column.numeric ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
  return [title, ...lines.map((line) => `  ${line}`)]
}
