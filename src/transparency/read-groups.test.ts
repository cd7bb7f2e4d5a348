import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EvaluationReport, ReportGroupComparisons } from '../evaluation/index.ts'
import { readFigures } from './read-figures.ts'
import { comparisonsOf } from './read-groups.ts'
import { ReportPart } from './report-part.ts'
import { changed, must, rate, reportOf } from './transparency.fixture.ts'

let report: EvaluationReport

beforeAll(async () => {
  report = await reportOf()
})

const spread = {
  ...{ groups: 2, worst: 'F', best: 'M', maxMinusMin: 0.002, gini: 0.3 },
  maxMin: { value: 3, low: 1.5, high: 8, note: null },
  maxGeoMean: { value: 2, low: 1, high: 4, note: null },
}

/** Women resemble one another three times as often as two people of everybody; group X is too small. */
function sex(changes: object = {}) {
  const row = (group: string, errors: number) => {
    return { group, subjects: 40, trials: 3000, rate: rate(errors, 3000), suppressed: null }
  }
  const small = { group: 'X', subjects: 5, trials: 40, rate: null, suppressed: '5 people; a rate is stated from 10.' }
  return {
    ...{ axis: 'sex', threshold: 0.41, everybody: rate(10, 10_000), impostorPairs: 9000, fdr: null },
    fmr: { rows: [row('F', 9), row('M', 3), small], unrecorded: 0, spread },
    fnmr: { rows: [], unrecorded: 0, spread: null },
    ...changes,
  } as unknown as ReportGroupComparisons
}

function comparisons(all: unknown) {
  return must(readFigures(changed(report, ['groupComparisons'], all))).figures.groupComparisons
}

describe('two different people of one group compared', () => {
  it('keeps threshold, FMR over everybody, and FMR, people and pairs of every group as they are', () => {
    const [found] = comparisons([sex()]) ?? []
    expect(found).toMatchObject({ axis: 'sex', threshold: 0.41, everybody: rate(10, 10_000), pairs: 9000 })
    expect(found?.rows.map(({ group }) => group)).toEqual(['F', 'M', 'X'])
    expect(found?.rows[0]).toEqual({ group: 'F', people: 40, trials: 3000, rate: rate(9, 3000), suppressed: null })
    expect(found?.spread).toEqual({
      ...{ groups: 2, worst: 'F', best: 'M', maxMinusMin: 0.002, gini: 0.3 },
      maxMin: { value: 3, low: 1.5, high: 8 },
    })
  })

  it('a group too small to state stays, without a rate and with the reason', () => {
    const [found] = comparisons([sex()]) ?? []
    const reason = '5 people; a rate is stated from 10.'
    expect(found?.rows[2]).toEqual({ group: 'X', people: 5, trials: 40, rate: null, suppressed: reason })
  })

  it('every axis has its own, in the order of the report; one without two rated groups has no spread', () => {
    const fmr = { ...sex().fmr, spread: null }
    const found = comparisons([sex(), sex({ axis: 'race', fmr })])
    expect(found?.map(({ axis, spread: unequal }) => [axis, unequal === null])).toEqual([
      ['sex', false],
      ['race', true],
    ])
  })

  it('a report made before this was measured is read whole, and says so with null', () => {
    expect(comparisons(undefined)).toBeNull()
    const older = must(readFigures(changed(report, ['groupComparisons'], undefined))).figures
    const { groupComparisons: _, ...rest } = must(readFigures(report)).figures
    expect(older).toEqual({ ...rest, groupComparisons: null })
  })

  it('an evaluation of today writes what is read, even when it could compare nothing', () => {
    expect(comparisons([])).toEqual([])
    expect(must(readFigures(report)).figures.groupComparisons).toHaveLength(report.groupComparisons?.length ?? -1)
  })

  it.each([
    [[], null, 'groupComparisons'],
    [[], 'none', 'groupComparisons'],
    [[0], 'none', 'groupComparisons[0]'],
    [[0, 'axis'], 4, 'groupComparisons[0].axis'],
    [[0, 'threshold'], null, 'groupComparisons[0].threshold'],
    [[0, 'everybody'], undefined, 'groupComparisons[0].everybody'],
    [[0, 'everybody', 'rate'], 1.1, 'groupComparisons[0].everybody.rate'],
    [[0, 'impostorPairs'], 1.5, 'groupComparisons[0].impostorPairs'],
    [[0, 'fmr'], undefined, 'groupComparisons[0].fmr'],
    [[0, 'fmr', 'rows', 1, 'subjects'], -1, 'groupComparisons[0].fmr.rows[1].subjects'],
    [[0, 'fmr', 'rows', 2, 'suppressed'], undefined, 'groupComparisons[0].fmr.rows[2].suppressed'],
    [[0, 'fmr', 'spread', 'worst'], 7, 'groupComparisons[0].fmr.spread.worst'],
  ] as const)('a report whose groupComparisons%j is %j is left out, with the place', (path, value, place) => {
    const whole = changed(report, ['groupComparisons'], [sex()])
    const read = readFigures(changed(whole, ['groupComparisons', ...path], value))
    expect(read).toMatchObject({ ok: false, problem: { code: 'report_unreadable' } })
    expect(!read.ok && read.problem.message).toContain(`The report's ${place} is not`)
  })

  it('reads every row that an evaluation can write, in its order, and a rate exactly where one is stated', () => {
    const row = fc.record({
      group: fc.string(),
      subjects: fc.nat(),
      errors: fc.nat(1000),
      trials: fc.integer({ min: 1000, max: 4_000_000 }),
      suppressed: fc.option(fc.string()),
    })
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const stated = rows.map(({ errors, ...one }) => {
          return { ...one, rate: one.suppressed === null ? rate(errors, one.trials) : null }
        })
        const read = comparisonsOf(new ReportPart(sex({ fmr: { rows: stated, unrecorded: 0, spread: null } })))
        expect(read.rows).toEqual(stated.map(({ subjects: people, ...one }) => ({ ...one, people })))
      }),
    )
  })
})
