import { beforeAll, describe, expect, it } from 'vitest'
import type { ReportGroupComparisons } from './evaluation-report.ts'
import { comparedGroups, madeUpPhotos } from './group-comparisons.fixture.ts'
import {
  groupComparisonFinding,
  groupComparisonSpread,
  groupComparisonTable,
  WHY_WITHIN_GROUPS,
} from './tables-of-group-comparisons.ts'

let sex: ReportGroupComparisons
beforeAll(async () => {
  const [found] = await comparedGroups(
    madeUpPhotos([
      { groups: { sex: 'F' }, people: 40, alike: 2 },
      { groups: { sex: 'M' }, people: 40 },
      { groups: { sex: 'X' }, people: 5 },
    ]),
  )
  if (found === undefined) throw new Error('The axis is recorded.')
  sex = found
})

describe('the table of pairs within a group', () => {
  it('has people, pairs, both rates with intervals, and how often FMR is that of everybody', () => {
    const table = groupComparisonTable(sex)
    expect(table.title).toBe('Sex, as recorded: pairs within a group')
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true)
    const [women] = table.rows
    const rate = sex.fmr.rows[0]?.rate?.rate ?? 0
    expect(women?.slice(0, 3)).toEqual(['F', '40', '3,120'])
    expect(women?.[3]).toBe(`${Number((100 * rate).toPrecision(2))} %`)
    expect(Number(women?.[5])).toBeCloseTo(rate / (sex.everybody.rate ?? 1), 1)
    expect(Number(women?.[5])).toBeGreaterThan(1)
    expect(women?.[6]).toBe('40')
  })

  it('a group without errors has no FMR of its own but an upper bound', () => {
    const men = groupComparisonTable(sex).rows[1] ?? []
    expect(sex.fmr.rows[1]?.rate?.errors).toBe(0)
    expect(men.slice(3, 6)).toEqual(['0 %', '0 % to 0.12 %', '0.00'])
  })

  it('a group too small is named with its reason, and rated on neither side', () => {
    const row = groupComparisonTable(sex).rows[2]
    expect(row).toEqual(['X', '5', '40', 'too few', '5 people', '–', '5', 'too few', '5 people'])
  })

  it('says nothing of everybody when nobody reaches the threshold', () => {
    const none = { ...sex, everybody: { errors: 0, trials: 100, rate: 0, low: 0, high: 0.04 } }
    for (const row of groupComparisonTable(none).rows) expect(row[5]).toBe('–')
  })
})

describe('how unequal the groups are', () => {
  it('all measures, of FMR and FNMR apart', () => {
    const table = groupComparisonSpread(sex)
    expect(table?.title).toBe('Sex, as recorded: how unequal within groups')
    expect(table?.columns.map(({ title }) => title)).toEqual(['measure', 'of FMR', 'of FNMR'])
    expect(table?.rows.map(([measure]) => measure)).toEqual([
      'highest in group',
      'Max / Min',
      'Max / GeoMean',
      'Max - Min',
      'Gini (0 is equal)',
      'FDR of both, alpha .5 (1 is equal)',
    ])
    expect(table?.rows[0]?.[1]).toBe('F')
    expect(table?.rows[1]?.[1]).toMatch(/^undefined \(\d/)
    expect(table?.rows[4]?.[1]).toBe('1.000')
    expect(table?.rows[5]?.[1]).toBe(sex.fdr?.toFixed(4))
  })

  it('a side without two rated groups has dashes; without either side there is no table', () => {
    const dashed = groupComparisonSpread({ ...sex, fnmr: { ...sex.fnmr, spread: null }, fdr: null })
    expect(dashed?.rows.map((row) => row[2])).toEqual(['–', '–', '–', '–', '–', ''])
    expect(dashed?.rows.at(-1)?.[1]).toBe('–')
    const none = { ...sex, fmr: { ...sex.fmr, spread: null }, fnmr: { ...sex.fnmr, spread: null } }
    expect(groupComparisonSpread(none)).toBeNull()
  })
})

describe('in a sentence', () => {
  it('names the groups with the highest and the lowest FMR, the threshold and that of everybody', () => {
    const { threshold, everybody, fmr } = sex
    const share = (rate = 0) => `${Number((100 * rate).toPrecision(2))} %`
    expect(groupComparisonFinding(sex)).toBe(
      `Sex, as recorded: at T = ${threshold.toFixed(3)}, where FMR over everybody is ${share(everybody.rate ?? 0)}, ` +
        `FMR is highest in F (${share(fmr.rows[0]?.rate?.rate ?? 0)}) and lowest in M (0 %).`,
    )
  })

  it('shows no difference where the intervals overlap', async () => {
    const even = madeUpPhotos([
      { groups: { sex: 'F' }, people: 15 },
      { groups: { sex: 'M' }, people: 15 },
    ])
    const [same] = await comparedGroups(even)
    if (same === undefined) throw new Error('The axis is recorded.')
    expect(same.fmr.spread?.maxMin.low).toBe(1)
    expect(groupComparisonFinding(same)).toMatch(/; their intervals overlap, so no difference is shown\.$/)
  })

  it('names none when fewer than two can be compared', () => {
    const alone = groupComparisonFinding({ ...sex, fmr: { ...sex.fmr, spread: null } })
    expect(alone).toMatch(/fewer than two groups are large enough to be compared\.$/)
    expect(alone).not.toContain('highest')
  })

  it('why it is measured needs no abbreviation', () => {
    expect(WHY_WITHIN_GROUPS).not.toMatch(/\b[A-Z]{2,}\b/)
    expect(WHY_WITHIN_GROUPS).toMatch(/more innocent people of some groups/)
  })
})
