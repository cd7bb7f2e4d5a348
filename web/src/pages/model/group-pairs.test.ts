import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cell, groupPairs, rate } from './figures.fixture.ts'
import {
  noPairs,
  PAIRS_TITLE,
  pairsFinding,
  pairsNotStated,
  pairsReading,
  pairsRows,
  WHY_WITHIN_GROUPS,
} from './group-pairs.ts'

const WORDS = /\b(match|hit|identified|confidence|percent)/i
const plain = (text: string | null | undefined) => text?.replaceAll('\u00a0', ' ')

describe('the table of pairs within a group', () => {
  it('has people, pairs, FMR, and how often that is the FMR of everybody', () => {
    const rows = pairsRows(groupPairs({ rows: [{ group: 'F', ...cell(9, 3000), people: 1200 }] }))
    expect(rows).toEqual([
      { group: 'F', people: '1,200', pairs: '3,000', rate: rate(9, 3000), timesEverybody: '3\u00a0times' },
    ])
  })

  it('keeps a group too small to state, without a rate and without a ratio', () => {
    expect(pairsRows(groupPairs())[2]).toEqual({
      ...{ group: 'not said', people: '2', pairs: '40', rate: null, timesEverybody: '–' },
    })
  })

  it('has a row for every group, and a ratio exactly where both rates are known and everybody has errors', () => {
    const errors = fc.option(fc.nat(50))
    fc.assert(
      fc.property(fc.array(errors), fc.nat(20), (groups, ofEverybody) => {
        const rows = groups.map((own, at) => ({ group: `g${at}`, ...cell(own, 100) }))
        const shown = pairsRows(groupPairs({ rows, everybody: rate(ofEverybody, 100) }))
        expect(shown.map(({ group }) => group)).toEqual(rows.map(({ group }) => group))
        const known = groups.map((own) => own !== null && ofEverybody > 0)
        expect(shown.map(({ timesEverybody }) => timesEverybody !== '–')).toEqual(known)
      }),
    )
  })
})

describe('how it was read', () => {
  it('names the threshold and what it does among everybody, with the interval', () => {
    expect(plain(pairsReading(groupPairs()))).toBe(
      'Read at a threshold of 0.410; over pairs of everybody FMR is 0.1 % (1 % to 9 %).',
    )
  })

  it('says when a sample stands for all pairs', () => {
    expect(pairsReading(groupPairs({ pairs: 90_000 }))).toContain('An even sample was compared: 6,040 of 90,000 pairs.')
    expect(pairsReading(groupPairs({ pairs: 6040 }))).not.toContain('sample')
  })

  it('does not write a rate that nothing was compared for', () => {
    expect(pairsReading(groupPairs({ everybody: rate(0, 0) }))).toContain('of everybody no pair was compared.')
  })
})

describe('groups without a rate', () => {
  it('are named with the reason', () => {
    expect(pairsNotStated(groupPairs())).toEqual(['not said: fewer than 10 people'])
    const bare = { group: 'X', ...cell(null, 3), suppressed: null }
    expect(pairsNotStated({ rows: [bare] })).toEqual(['X: too few pairs.'])
  })

  it('are none when every group is rated, also with a rate of 0', () => {
    expect(pairsNotStated({ rows: [{ group: 'F', ...cell(0, 3000) }] })).toEqual([])
  })
})

describe('what it shows', () => {
  const { spread } = groupPairs()
  if (spread === null) throw new Error('The fixture has two rated groups.')

  it('names the groups with the highest and the lowest FMR', () => {
    expect(pairsFinding({ ...spread, worst: 'east_asian' })).toBe('FMR is highest in east asian and lowest in M.')
  })

  it('claims no difference where intervals overlap', () => {
    const maxMin = { value: 3, low: 1, high: null }
    expect(pairsFinding({ ...spread, maxMin })).toBe(
      'FMR is highest in F and lowest in M; their intervals overlap, so no difference is shown.',
    )
  })

  it('finds nothing with fewer than two rated groups', () => expect(pairsFinding(null)).toBeNull())

  it('is told in words that name no result', () => {
    const all = [PAIRS_TITLE, WHY_WITHIN_GROUPS, pairsReading(groupPairs()), pairsFinding(spread), noPairs(null)]
    expect(all.join(' ')).not.toMatch(WORDS)
  })
})

describe('without a table', () => {
  it('an older report is told from a set in which nothing could be compared', () => {
    expect(noPairs(null)).toContain('made before pairs within a group were compared')
    expect(noPairs([])).toContain('no two people of one group could be compared')
    expect(noPairs([groupPairs()])).toBeNull()
  })
})
