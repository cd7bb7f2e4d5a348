import { beforeAll, describe, expect, it } from 'vitest'
import type { EvaluationReport } from './evaluation-report.ts'
import { fullReport } from './report.fixture.ts'
import { summaryOf } from './report-summary.ts'
import { limitsOf } from './state-limits.ts'
import { calibrationTable, verificationTable } from './tables-of-comparisons.ts'

let report: EvaluationReport
beforeAll(async () => {
  report = await fullReport()
})
const said = (change: Partial<EvaluationReport> = {}) => limitsOf({ ...report, ...change }).join(' ')

describe('limits', () => {
  it('always say what photographs the figures hold for, the size of the gallery and that labels are believed', () => {
    expect(said()).toMatch(/photographs like these/)
    expect(said()).toMatch(/The gallery held 45 people/)
    expect(said()).toMatch(/Labels are taken for true/)
  })

  it('name each threshold that rests on fewer than thirty errors, and no other', () => {
    const weak = report.operatingPoints.filter(({ threshold }) => !threshold.ruleOfThirty)
    expect(weak.map(({ threshold }) => threshold.targetFpir)).toEqual([0.01, 0.001])
    expect(said().match(/Threshold for FPIR/g)).toHaveLength(2)
    expect(said()).not.toContain('Threshold for FPIR 10 %')
  })

  it('state the floor of the calibration, or that there is none', () => {
    expect(said()).toContain('No FMR below 1.5e-3 is stated')
    const none = { points: [], impostorComparisons: 29, floor: 1 }
    expect(said({ calibration: none })).toContain('too few pairs of two people to state any FMR')
  })

  it('say where groups come from, and that luminance is a property of the photograph', () => {
    expect(said()).toMatch(/as the source recorded them/)
    expect(said()).not.toMatch(/Luminance of the face/)
    const [first] = report.groups
    if (first === undefined) throw new Error('The report has groups.')
    const skin = said({ groups: [{ ...first, axis: 'skin' }], groupComparisons: [] })
    expect(skin).toMatch(/Luminance of the face is measured on the photograph and depends on the light/)
    expect(skin).not.toMatch(/as the source recorded them/)
    expect(said({ groups: [], groupComparisons: [] })).toMatch(/Nothing about sex, age or race is recorded/)
  })
})

describe('limits of comparisons within groups', () => {
  const change = (more: object) =>
    said({ groupComparisons: (report.groupComparisons ?? []).map((one) => ({ ...one, ...more })) })

  it('say that pairs share people, and nothing when no group was compared or the report is an older one', () => {
    expect(report.groupComparisons?.map((one) => one.axis)).toEqual(['sex'])
    expect(said()).toMatch(/Pairs within a group share people/)
    expect(said({ groupComparisons: [] })).not.toMatch(/within/)
    const { groupComparisons: _, ...older } = report
    expect(limitsOf(older).join(' ')).not.toMatch(/within/)
  })

  it('call an even sample one', () => {
    expect(said()).not.toMatch(/of one group an even sample/)
    const compared = (60 * 58) / 2
    expect(change({ impostorPairs: 9000 })).toContain(
      `Sex, as recorded: of 9,000 pairs of two people of one group an even sample of ${(2 * compared).toLocaleString('en-US')} was compared.`,
    )
  })

  it('say when fewer than thirty pairs carry the threshold', () => {
    const rough = /compared within rests on fewer than 30 pairs/
    expect(said()).toMatch(rough)
    const everybody = { errors: 29, trials: 30_000, rate: 29 / 30_000, low: 0, high: 1 }
    expect(change({ everybody })).toMatch(rough)
    expect(change({ everybody: { ...everybody, errors: 30 } })).not.toMatch(rough)
  })

  it('count axes and small groups that only comparisons have', () => {
    const only = limitsOf({ ...report, groups: [] }).join(' ')
    expect(only).not.toMatch(/Nothing about sex/)
    expect(only).toMatch(/as the source recorded them/)
    expect(only).not.toMatch(/too small to state/)
    const [first] = report.groupComparisons ?? []
    const [row] = first?.fmr.rows ?? []
    if (first === undefined || row === undefined) throw new Error('The report compares within groups.')
    const rows = [{ ...row, rate: null, suppressed: '9 people; a rate is stated from 10.' }]
    const small = { ...first, axis: 'skin' as const, fmr: { ...first.fmr, rows } }
    const told = said({ groups: [], groupComparisons: [small] })
    expect(told).toMatch(/too small to state/)
    expect(told).toMatch(/Luminance of the face/)
  })
})

describe('summary', () => {
  it('needs no abbreviation', () => {
    expect(summaryOf(report).join(' ')).not.toMatch(/FNIR|FPIR|CMC|SEL|TAR/)
  })

  it('says nothing about a threshold that is not there', () => {
    expect(summaryOf({ ...report, operatingPoints: [] })).toHaveLength(2)
    const [point] = report.operatingPoints
    if (point === undefined) throw new Error('The report has thresholds.')
    const none = { ...point.threshold, targetFpir: 0.01, threshold: null, sentence: 'No threshold can be stated.' }
    const summary = summaryOf({ ...report, operatingPoints: [{ ...point, threshold: none }] })
    expect(summary.at(-1)).toBe('No threshold can be stated.')
  })
})

describe('tables of comparisons', () => {
  it('calibration: innocent candidates are N times FMR', () => {
    const rows = calibrationTable(report).rows
    expect(rows).toHaveLength(report.calibration.points.length)
    for (const [, fmr, , among] of rows) {
      const [share, expected] = [Number(fmr), Number((among ?? '').replaceAll(',', ''))]
      expect(Math.abs(expected / (share * 10_000) - 1)).toBeLessThan(0.05)
    }
  })

  it('verification: one row per FMR, and a mark where too few pairs carry it', () => {
    const rows = verificationTable(report).rows
    expect(rows.map(([fmr]) => fmr)).toEqual(['1e-2', '1e-3', '1e-4'])
    expect(rows[0]?.at(-1)).toBe('70 pairs of two people')
    expect(rows[2]?.at(-1)).toContain('too few to state firmly')
  })
})
