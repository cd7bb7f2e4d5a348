import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparisonDifferentials, groupTable, SUPPRESSION, searchDifferentials } from './differentials.ts'
import { fnir, fpir, selectivity } from './error-rates.ts'
import { mated, matedSearches, nonMated, nonMatedSearches, reordered, score } from './searches.fixture.ts'
import type { MatedSearch, NonMatedSearch } from './searches.ts'

const OPEN = { leastSubjects: 1, leastTrials: 1, leastErrors: 0 }

/** `people` mated searches of a group, the first `missed` of them misses. */
function matedOf(sex: string, people: number, missed: number, perPerson = 1): readonly MatedSearch[] {
  return Array.from({ length: people * perPerson }, (_, index) => {
    const more = { subject: `${sex}${index % people}`, groups: { sex } }
    return index < missed ? mated(`${sex}-${index}`, null, null, more) : mated(`${sex}-${index}`, 1, 0.8, more)
  })
}

/** `people` non-mated searches of a group, the first `listed` of them with two candidates. */
function nonMatedOf(sex: string, people: number, listed: number): readonly NonMatedSearch[] {
  return Array.from({ length: people }, (_, index) =>
    nonMated(`${sex}-${index}`, index < listed ? [0.7, 0.6] : [0.1], { groups: { sex } }),
  )
}

describe('searchDifferentials', () => {
  const known = [...matedOf('F', 50, 10), ...matedOf('M', 40, 2)]
  const unknown = [...nonMatedOf('F', 100, 8), ...nonMatedOf('M', 100, 2)]
  const found = searchDifferentials(known, unknown, 'sex', { threshold: 0.5 })

  test('rates every group on its own searches', () => {
    expect(found.axis).toBe('sex')
    expect(found.fnir.rows.map(({ group, subjects, rate }) => [group, subjects, rate?.errors, rate?.trials])).toEqual([
      ['F', 50, 10, 50],
      ['M', 40, 2, 40],
    ])
    expect(found.fpir.rows.map(({ group, rate }) => [group, rate?.rate])).toEqual([
      ['F', 0.08],
      ['M', 0.02],
    ])
    expect(found.selectivity.rows.map(({ group, rate }) => [group, rate?.rate])).toEqual([
      ['F', 0.16],
      ['M', 0.04],
    ])
  })

  test('compares them, false positives and false negatives apart', () => {
    expect(found.fnir.spread).toMatchObject({ worst: 'F', best: 'M' })
    expect(found.fnir.spread?.maxMin.value).toBeCloseTo(4, 12)
    expect(found.fpir.spread?.maxMin.value).toBeCloseTo(4, 12)
    expect(found.fdr).toBeCloseTo(1 - (0.5 * 0.06 + 0.5 * 0.15), 12)
  })

  test('reads the list as told', () => {
    const late = [mated('a', 2, 0.8, { groups: { sex: 'F' } })]
    const at = (atRank: number) =>
      searchDifferentials(late, [], 'sex', { rank: atRank, rule: OPEN }).fnir.rows[0]?.rate?.errors
    expect([at(1), at(2)]).toEqual([1, 0])
  })

  test('groups rated on one side only stay out of FDR', () => {
    const extra = searchDifferentials([...known, ...matedOf('X', 60, 60)], unknown, 'sex', { threshold: 0.5 })
    expect(extra.fnir.rows).toHaveLength(3)
    expect(extra.fdr).toBe(found.fdr)
    expect(searchDifferentials(known, [], 'sex').fdr).toBeNull()
  })

  test('each row is the rate of the searches of that group', () => {
    fc.assert(
      fc.property(matedSearches, nonMatedSearches, score, (some, others, threshold) => {
        const tables = searchDifferentials(some, others, 'sex', { threshold, rule: OPEN })
        const only = <T extends { readonly groups: { readonly sex?: string } }>(trials: readonly T[], sex: string) =>
          trials.filter((trial) => trial.groups.sex === sex)
        for (const row of tables.fnir.rows) expect(row.rate).toEqual(fnir(only(some, row.group), { threshold }))
        for (const row of tables.fpir.rows) expect(row.rate).toEqual(fpir(only(others, row.group), threshold))
        for (const row of tables.selectivity.rows) {
          expect(row.rate).toEqual(selectivity(only(others, row.group), threshold))
        }
      }),
    )
  })
})

describe('groupTable', () => {
  const rate = (trials: readonly MatedSearch[]) => fnir(trials)

  test('every search is in one row or counted as not recorded', () => {
    fc.assert(
      fc.property(matedSearches, (searches) => {
        const table = groupTable(searches, 'sex', rate)
        const inRows = table.rows.reduce((total, row) => total + row.trials, 0)
        expect(inRows + table.unrecorded).toBe(searches.length)
        expect(table.unrecorded).toBe(searches.filter((search) => search.groups.sex === undefined).length)
      }),
    )
  })

  test('the order of the searches does not matter', () => {
    fc.assert(
      fc.property(matedSearches, (searches) => {
        expect(groupTable(reordered(searches), 'sex', rate, OPEN)).toEqual(groupTable(searches, 'sex', rate, OPEN))
      }),
    )
  })

  test('a suppressed group is named with the reason, not rated, and stays out of the spread', () => {
    const searches = [...matedOf('F', 50, 5), ...matedOf('M', 50, 10), ...matedOf('X', 9, 9, 10)]
    const table = groupTable(searches, 'sex', rate)
    expect(table.rows[2]).toEqual({
      group: 'X',
      subjects: 9,
      trials: 90,
      rate: null,
      suppressed: '9 people; a rate is stated from 10.',
    })
    expect(table.spread).toMatchObject({ groups: 2, worst: 'M' })
  })

  test.each([
    [10, 29, '29 trials; a rate is stated from 30.'],
    [10, 30, null],
    [9, 30, '9 people; a rate is stated from 10.'],
  ])('%i people and %i trials under the usual rule: %s', (people, trials, reason) => {
    const searches = matedOf('F', people, 0, 4).slice(0, trials)
    expect(SUPPRESSION).toEqual({ leastSubjects: 10, leastTrials: 30, leastErrors: 0 })
    expect(groupTable(searches, 'sex', rate).rows[0]?.suppressed ?? null).toBe(reason)
  })

  test('a rule may ask for errors', () => {
    const rule = { ...SUPPRESSION, leastErrors: 5 }
    const table = groupTable([...matedOf('F', 40, 4), ...matedOf('M', 40, 5)], 'sex', rate, rule)
    expect(table.rows.map((row) => row.suppressed)).toEqual(['4 errors; a rate is stated from 5.', null])
    expect(table.spread).toBeNull()
  })

  test('no rule lets a group fall under the limits it names', () => {
    const limit = fc.integer({ min: 0, max: 12 })
    fc.assert(
      fc.property(matedSearches, limit, limit, limit, (searches, leastSubjects, leastTrials, leastErrors) => {
        const table = groupTable(searches, 'sex', rate, { leastSubjects, leastTrials, leastErrors })
        for (const row of table.rows) {
          expect(row.suppressed === null).toBe(row.rate !== null)
          if (row.rate === null) continue
          expect(row.subjects).toBeGreaterThanOrEqual(leastSubjects)
          expect(row.rate.trials).toBeGreaterThanOrEqual(leastTrials)
          expect(row.rate.errors).toBeGreaterThanOrEqual(leastErrors)
        }
        const rated = table.rows.filter((row) => row.rate !== null).length
        expect(table.spread?.groups ?? 0).toBe(rated < 2 ? 0 : rated)
      }),
    )
  })

  test('an axis that nobody recorded has no rows', () => {
    expect(groupTable(matedOf('F', 12, 0), 'race', rate)).toEqual({ rows: [], unrecorded: 12, spread: null })
  })
})

describe('comparisonDifferentials', () => {
  const wide = { group: 'F', subjects: 40, genuine: new Array<number>(40).fill(0.9), impostor: [0.6, 0.1, 0.1, 0.1] }
  const sample = (group: string, high: number) => ({
    ...wide,
    group,
    impostor: Float32Array.from({ length: 1_000 }, (_, index) => (index < high ? 0.6 : 0.1)),
  })

  test('FMR within each group at one threshold', () => {
    const found = comparisonDifferentials([sample('M', 2), sample('F', 20)], 0.5)
    expect(found.fmr.rows.map(({ group, rate }) => [group, rate?.errors, rate?.trials])).toEqual([
      ['F', 20, 1_000],
      ['M', 2, 1_000],
    ])
    expect(found.fmr.spread?.maxMin.value).toBeCloseTo(10, 12)
    expect(found.fnmr.spread).toMatchObject({ maxMinusMin: 0 })
    expect(found.fdr).toBeCloseTo(1 - 0.5 * 0.018, 12)
  })

  test('suppresses each table by its own trials', () => {
    const found = comparisonDifferentials([wide, sample('M', 1)], 0.5)
    expect(found.fmr.rows[0]?.suppressed).toBe('4 trials; a rate is stated from 30.')
    expect(found.fnmr.rows[0]?.suppressed).toBeNull()
    expect(found.fdr).toBeNull()
  })

  test('a group without a single comparison is never rated, whatever the rule', () => {
    const found = comparisonDifferentials([{ ...wide, impostor: [] }], 0.5, {
      leastSubjects: 0,
      leastTrials: 0,
      leastErrors: 0,
    })
    expect(found.fmr.rows[0]).toMatchObject({ rate: null, suppressed: '0 trials; a rate is stated from 1.' })
  })

  test('genuine comparisons that could not be made are errors', () => {
    const [row] = comparisonDifferentials([{ ...wide, failedGenuine: 10 }], 0.5).fnmr.rows
    expect(row?.rate).toMatchObject({ errors: 10, trials: 50, rate: 0.2 })
  })

  test('each side is suppressed by the people that its comparisons are of', () => {
    const found = comparisonDifferentials([{ ...sample('M', 1), genuineSubjects: 9 }], 0.5)
    expect(found.fnmr.rows[0]).toMatchObject({
      subjects: 9,
      rate: null,
      suppressed: expect.stringMatching(/^9 people/),
    })
    expect(found.fmr.rows[0]).toMatchObject({ subjects: 40, suppressed: null })
  })
})
