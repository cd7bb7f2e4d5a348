import { describe, expect, it } from 'vitest'
import { filterOf } from './search-filter.ts'

const KNOWN = [
  { id: 'src_1', name: 'County jail' },
  { id: 'src_2', name: 'South jail' },
]

describe('the filter of a search command', () => {
  it('asks nothing when nothing was said', () => {
    expect(Object.values(filterOf({}, KNOWN)).filter((part) => part !== undefined)).toEqual([])
  })

  it('names sources by what people call them, and sexes in either case', () => {
    const words = { source: ['South jail', 'County jail'], sex: ['f', 'X'], bookedFrom: '2015-01-01' }
    expect(filterOf(words, KNOWN)).toEqual({
      ...{ sources: ['src_2', 'src_1'], sexes: ['F', 'X'], bookedFrom: '2015-01-01', bookedTo: undefined },
    })
  })

  it.each([
    ['20-35', 20, 35],
    ['20-', 20, null],
    ['-35', null, 35],
    ['0-120', 0, 120],
    // Left to the form, which knows the oldest age.
    ['35-20', 35, 20],
    ['1-999', 1, 999],
  ])('reads the ages %s', (age, ageFrom, ageTo) => {
    expect(filterOf({ age }, KNOWN)).toMatchObject({ ageFrom, ageTo })
  })

  it.each(['', '-', '20', 'twenty-thirty', '20 - 35', '20-35-40', '1000-', '2.5-3'])('refuses the ages "%s"', (age) => {
    expect(() => filterOf({ age }, KNOWN)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'age_out_of_range' }) }),
    )
  })

  it('refuses a source the agency cannot search, with those it can', () => {
    const problem = expect.objectContaining({
      code: 'source_unknown',
      remedy: 'Use one of: "County jail", "South jail".',
    })
    expect(() => filterOf({ source: ['The web'] }, KNOWN)).toThrow(expect.objectContaining({ problem }))
    const none = expect.objectContaining({ remedy: 'Use one of: none.' })
    expect(() => filterOf({ source: ['x'] }, [])).toThrow(expect.objectContaining({ problem: none }))
  })
})
