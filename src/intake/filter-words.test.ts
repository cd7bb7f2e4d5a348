import { describe, expect, it } from 'vitest'
import { filterWords } from './filter-words.ts'
import type { RequestFilter } from './request-filter.ts'

const NONE: RequestFilter = {
  ...{ sources: null, bookedFrom: null, bookedTo: null, sexes: null },
  ...{ ageFrom: null, ageTo: null, bornFrom: null, bornTo: null },
}
const NAMES = new Map([
  ['src_1', 'County jail'],
  ['src_2', 'South jail'],
])

describe('what a search was narrowed to, in words', () => {
  it('is nothing without a filter', () => {
    expect(filterWords(null, NAMES)).toBeNull()
  })

  it.each<[Partial<RequestFilter>, string]>([
    [{ sources: ['src_1'] }, 'photographs from County jail'],
    [{ sources: ['src_1', 'src_2', 'src_9'] }, 'photographs from County jail, South jail or src_9'],
    [{ sexes: ['F'] }, 'sex recorded as female, or not recorded'],
    [{ sexes: ['X', 'M'] }, 'sex recorded as male or another entry, or not recorded'],
    [{ bookedFrom: '2015-01-01' }, 'booked on or after January 1, 2015'],
    [{ bookedTo: '2024-12-31' }, 'booked on or before December 31, 2024'],
    [{ bookedFrom: '2015-01-01', bookedTo: '2024-12-31' }, 'booked from January 1, 2015 to December 31, 2024'],
    [{ bookedFrom: '2015-01-01', bookedTo: '2015-01-01' }, 'booked on January 1, 2015'],
    [{ ageFrom: 20, bornTo: 2006 }, 'aged 20 or older (born in or before 2006), or birth year not recorded'],
    [{ ageTo: 30, bornFrom: 1995 }, 'aged up to 30 (born in or after 1995), or birth year not recorded'],
    [
      { ageFrom: 20, ageTo: 30, bornFrom: 1995, bornTo: 2006 },
      'aged 20 to 30 (born 1995 to 2006), or birth year not recorded',
    ],
    [{ sexes: ['F'], sources: ['src_2'] }, 'photographs from South jail; sex recorded as female, or not recorded'],
  ])('of %j is "%s"', (part, words) => {
    expect(filterWords({ ...NONE, ...part }, NAMES)).toBe(words)
  })
})
