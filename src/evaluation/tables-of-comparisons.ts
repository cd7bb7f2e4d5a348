import type { EvaluationReport } from './evaluation-report.ts'
import { type CalibrationPoint, expectedInnocents } from './figures/calibration.ts'
import { counted, interval, mean, plainNumber, power, score, share } from './plain-numbers.ts'
import { numbers, type ReportTable, words } from './report-table.ts'

/** Gallery sizes for which innocent candidates are worked out. */
const GALLERIES = [10_000, 100_000, 1_000_000] as const

/** True accept rate at fixed FMR. */
export function verificationTable({ verification }: EvaluationReport): ReportTable {
  return {
    title: 'Two photographs compared, one against one',
    columns: [
      numbers('FMR'),
      numbers('threshold'),
      numbers('TAR'),
      numbers('95 % interval'),
      numbers('pairs missed'),
      words('rests on'),
    ],
    rows: verification.tar.map(({ targetFmr, threshold, tar, fmr, ruleOfThirty }) => [
      power(targetFmr),
      score(threshold),
      share(tar.rate),
      interval(tar),
      counted(tar),
      `${plainNumber(fmr.errors)} pairs of two people${ruleOfThirty ? '' : ' (too few to state firmly)'}`,
    ]),
  }
}

/** FMR by score, and the innocent candidates N x FMR(score) that follow from it. */
export function calibrationTable({ calibration }: EvaluationReport): ReportTable {
  const expected = (point: CalibrationPoint, people: number) =>
    mean(expectedInnocents(calibration, point.score, people).expected)
  return {
    title: 'Innocent candidates to expect at a score or above',
    columns: [
      numbers('score'),
      numbers('FMR'),
      numbers('95 % interval'),
      ...GALLERIES.map((people) => numbers(`among ${plainNumber(people)}`)),
    ],
    rows: calibration.points.map((point) => [
      score(point.score),
      power(point.fmr),
      `${power(point.low)} to ${power(point.high)}`,
      ...GALLERIES.map((people) => expected(point, people)),
    ]),
  }
}
