import { describe, expect, it } from 'vitest'
import type { IndexFilter } from '../coarse-index.ts'
import { filterCondition } from './filter-condition.ts'

const NONE: IndexFilter = { sources: null, bookedFrom: null, bookedTo: null, sexes: null, bornFrom: null, bornTo: null }

describe('a filter as a condition', () => {
  it.each<[Partial<IndexFilter>, string]>([
    [{}, 'sealed = 0'],
    [{ sources: [3, 7] }, 'sealed = 0 AND source IN (3, 7)'],
    [{ sources: [] }, 'sealed = 0 AND 0'],
    [{ bookedFrom: '2020-01-02' }, "sealed = 0 AND booked_at >= toDate32('2020-01-02')"],
    [{ bookedTo: '2020-01-02' }, "sealed = 0 AND booked_at <= toDate32('2020-01-02')"],
    [{ sexes: ['F'] }, "sealed = 0 AND sex IN ('U', 'F')"],
    [{ sexes: [] }, "sealed = 0 AND sex IN ('U')"],
    [{ bornFrom: 1980 }, 'sealed = 0 AND (birth_year = 0 OR birth_year >= 1980)'],
    [{ bornTo: 1990 }, 'sealed = 0 AND (birth_year = 0 OR birth_year <= 1990)'],
  ])('%j', (part, condition) => {
    expect(filterCondition({ ...NONE, ...part })).toBe(condition)
  })

  it('asks for every part that is given', () => {
    const filter: IndexFilter = {
      sources: [1],
      bookedFrom: '2001-01-01',
      bookedTo: '2002-01-01',
      sexes: ['M'],
      bornFrom: 1970,
      bornTo: 1971,
    }
    expect(filterCondition(filter).split(' AND ')).toHaveLength(7)
  })

  it.each<[string, IndexFilter]>([
    ['a day', { ...NONE, bookedFrom: "2020-01-01') OR 1 --" }],
    ['a day', { ...NONE, bookedTo: '' }],
    ['a source', { ...NONE, sources: [1.5] }],
    ['a source', { ...NONE, sources: ['1) OR (1' as unknown as number] }],
    ['a birth year', { ...NONE, bornFrom: Number.NaN }],
    ['a birth year', { ...NONE, bornTo: Number.POSITIVE_INFINITY }],
    ['a sex', { ...NONE, sexes: ["F') OR ('U" as unknown as 'F'] }],
  ])('lets nothing into a statement as %s that is none', (_, filter) => {
    expect(() => filterCondition(filter)).toThrow(RangeError)
  })
})
