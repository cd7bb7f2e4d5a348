import { canonicalJson, done, type JsonValue, type Outcome, refuse } from '../../base/index.ts'
import type { EvaluationReport } from '../evaluation-report.ts'

/** An evaluation on record, without its figures. */
export interface EvaluationSummary {
  readonly id: string
  readonly model: { readonly id: string; readonly sha256: string }
  readonly set: { readonly name: string; readonly digest: string }
  /** SHA-256 of the report's canonical form. */
  readonly digest: string
  readonly attachedAt: string
  readonly attachedBy: string
}

export interface AttachedEvaluation extends EvaluationSummary {
  readonly report: EvaluationReport
}

export type ReportCode = 'report_unreadable' | 'report_too_large'

/** A report with its one canonical text, which its digest is computed over. */
export interface ReadReport {
  readonly report: EvaluationReport
  readonly text: string
}

const LARGEST = 5_000_000
const DIGEST = /^[0-9a-f]{64}$/

/** A report from outside. What policy reads of it is checked; the rest is kept as it came. */
export function readReport(value: unknown): Outcome<ReadReport, ReportCode> {
  const text = canonicalText(value)
  if (text === null) return unreadable('it is no JSON object')
  if (text.length > LARGEST) {
    return refuse('report_too_large', 'The report is larger than 5 MB.', 'Attach the report that an evaluation wrote.')
  }
  const fault = faultOf(value as Fields)
  return fault === null ? done({ report: value as EvaluationReport, text }) : unreadable(fault)
}

function canonicalText(value: unknown): string | null {
  if (!isRecord(value)) return null
  try {
    return canonicalJson(value as JsonValue)
  } catch {
    return null
  }
}

type Fields = Readonly<Record<string, unknown>>

/** What policy reads, by its place in the report. */
const NEEDED: readonly (readonly [string, (value: unknown) => boolean])[] = [
  ['schemaVersion', (value) => value === 1],
  ['madeAt', isText],
  ['model.id', isText],
  ['model.sha256', isDigest],
  ['set.name', isText],
  ['set.digest', isDigest],
  ['protocol.seed', isCount],
  ['protocol.leftOut', isCount],
  ['protocol.matedSearches', isCount],
  ['protocol.nonMatedSearches', isCount],
  ['failures.enrolment', isRate],
  [
    'operatingPoints',
    isListOf((one) => isRecord(one.threshold) && isShare(one.threshold.targetFpir) && isRate(one.fnir)),
  ],
  ['det', isListOf((one) => isNumber(one.threshold) && isShare(one.fnir) && isShare(one.fpir))],
  ['calibration.points', isListOf((one) => isNumber(one.score) && isShare(one.fmr))],
]

function faultOf(report: Fields): string | null {
  const fault = NEEDED.find(([path, fits]) => !fits(at(report, path)))
  return fault === undefined ? null : `its ${fault[0]} is not as an evaluation writes it`
}

function at(report: Fields, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), report)
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && /^\P{C}{1,200}$/u.test(value)
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && DIGEST.test(value)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isShare(value: unknown): boolean {
  return isNumber(value) && value >= 0 && value <= 1
}

/** Errors of trials; the rate follows from them and is null without trials. */
function isRate(value: unknown): boolean {
  if (!isRecord(value) || !isCount(value.errors) || !isCount(value.trials)) return false
  const [errors, trials] = [value.errors as number, value.trials as number]
  if (errors > trials) return false
  return trials === 0 ? value.rate === null : isNumber(value.rate) && Math.abs(value.rate - errors / trials) < 1e-9
}

function isListOf(fits: (item: Fields) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every((item) => isRecord(item) && fits(item))
}

function unreadable(why: string): Outcome<never, 'report_unreadable'> {
  const remedy = 'Attach the file that "countenance model evaluate" or "countenance evaluate" wrote, unchanged.'
  return refuse('report_unreadable', `This is no report of an evaluation: ${why}.`, remedy, { where: 'report' })
}
