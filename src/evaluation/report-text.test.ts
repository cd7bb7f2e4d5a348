import { beforeAll, describe, expect, it } from 'vitest'
import { madeUpReport } from './evaluation.fixture.ts'
import type { EvaluationReport } from './evaluation-report.ts'
import { fullReport } from './report.fixture.ts'
import { numbers, words } from './report-table.ts'
import { reportText, tableLines } from './report-text.ts'
import { groupTableOf, spreadTable } from './tables-of-groups.ts'
import { detTable, discardTable, rankTable, thresholdTable } from './tables-of-searches.ts'

let report: EvaluationReport
beforeAll(async () => {
  report = await fullReport()
})

describe('the report in the terminal', () => {
  it('begins with what was measured, and ends with what that cannot tell', () => {
    const text = reportText(report)
    expect(text).toMatch(/^model {5}fake-engine-1 {2}sha256 [0-9a-f]{16}\nset {7}made-up: 120 photographs of 60 people/)
    expect(text.indexOf('FNIR(N,R,0)')).toBeLessThan(text.indexOf('FNIR(N,L,T)'))
    expect(text).toMatch(/What these figures cannot tell\n {2}- A limit/)
    expect(text).not.toMatch(/NaN|Infinity|undefined(?! \()|person\d/)
  })

  it('says in plain words how often the person is missed', () => {
    const { errors, trials } = report.cmc[0] ?? { errors: 0, trials: 1 }
    const missed = ((100 * errors) / trials).toPrecision(3)
    expect(reportText(report)).toContain(`The person was not in first place in ${Number(missed)} % of them`)
    expect(reportText(report)).toMatch(/4 of 400 searches for a person who is not enrolled still show somebody/)
  })

  it('leaves out tables without a row', async () => {
    const text = reportText(await madeUpReport({}, 3))
    for (const title of ['Only candidates at a threshold', 'Innocent candidates to expect', 'Error versus discard']) {
      expect(text).not.toContain(title)
    }
  })

  it('compares two people of one group after the tables of searches, before how it was measured', () => {
    const text = reportText(report)
    const places = [
      'Sex, as recorded: how unequal\n',
      'Two different people of one group compared\n',
      'How it was measured',
    ]
    const found = places.map((title) => text.indexOf(title))
    expect(found.every((place) => place > 0)).toBe(true)
    expect(found).toEqual([...found].sort((one, other) => one - other))
    expect(text).toContain('  Two people of one group often resemble each other more')
    expect(text).toMatch(/ {2}Sex, as recorded: at T = 0\.\d{3}, where FMR over everybody is/)
    expect(text).toContain('Sex, as recorded: pairs within a group\n  group ')
  })

  it('an older report reads as before', () => {
    const { groupComparisons: _, ...older } = report
    expect(reportText(older)).not.toContain('of one group')
    expect(reportText(older)).toContain('How it was measured')
    expect(reportText({ ...older, groupComparisons: [] })).toBe(reportText(older))
  })

  it('columns stand one under another, numbers at the right', () => {
    const table = {
      title: 'T',
      columns: [words('who'), numbers('n')],
      rows: [
        ['a', '1,000'],
        ['long name', '7'],
      ],
    }
    expect(tableLines(table)).toEqual(['T', '  who            n', '  a          1,000', '  long name      7'])
  })
})

describe('tables', () => {
  it('rank: misses and their interval, never the interval of the share found', () => {
    const [first] = rankTable(report).rows
    const { errors, trials, low, high } = report.cmc[0] ?? { errors: 0, trials: 1, low: 0, high: 0 }
    expect(first?.[3]).toBe(`${errors} of ${trials}`)
    const [from = 0, to = 0] = (first?.[2] ?? '').replaceAll(' %', '').split(' to ').map(Number)
    expect(from / 100).toBeCloseTo(1 - high, 3)
    expect(to / 100).toBeCloseTo(1 - low, 3)
  })

  it('thresholds: one row per target, marked where too few searches carry it', () => {
    expect(thresholdTable(report).rows.map(([target]) => target)).toEqual(['10 %', '1 %', '0.1 % *'])
    const [, point] = report.operatingPoints
    expect(thresholdTable(report).rows[1]?.[1]).toBe(point?.threshold.threshold?.toFixed(3))
  })

  it('DET: at most sixteen points, both ends among them', () => {
    const { rows } = detTable(report)
    expect(report.det.length).toBeGreaterThan(16)
    expect(rows).toHaveLength(16)
    expect(rows[0]?.[0]).toBe(report.det[0]?.threshold.toFixed(3))
    expect(rows.at(-1)?.[0]).toBe(report.det.at(-1)?.threshold.toFixed(3))
    expect(detTable({ ...report, det: report.det.slice(0, 3) }).rows).toHaveLength(3)
  })

  it('discard: FNIR falls as probes of low quality are left out, where quality foretells misses', () => {
    const rates = report.discard?.points.map(({ rate }) => rate.rate ?? 1) ?? []
    expect(rates.at(-1)).toBeLessThan((rates[0] ?? 0) / 2)
    expect(report.discard?.rankCorrelation).toBeGreaterThan(0.9)
    expect(discardTable(report)?.rows).toHaveLength(8)
    expect(discardTable({ ...report, discard: null })).toBeNull()
  })

  it('groups: both error rates with intervals, people counted, small groups without a rate', () => {
    const sex = report.groups.find(({ axis }) => axis === 'sex')
    const race = report.groups.find(({ axis }) => axis === 'race')
    if (sex === undefined || race === undefined) throw new Error('The report has both axes.')
    expect(groupTableOf(sex).rows.map(([group, people, mated]) => [group, people, mated])).toEqual([
      ['F', '400', '200'],
      ['M', '400', '200'],
    ])
    expect(groupTableOf(race).rows[0]).toEqual([
      '<rare & few>',
      '20',
      '10',
      'too few',
      '10 trials',
      '10',
      'too few',
      '10 trials',
      '–',
    ])
    expect(spreadTable(sex)?.rows.map(([measure]) => measure)).toContain('Max / GeoMean')
    expect(spreadTable(race)).toBeNull()
  })
})
