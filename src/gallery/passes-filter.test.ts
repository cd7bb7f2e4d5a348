import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IndexFilter, RowFacts } from './coarse-index.ts'
import { NO_FILTER } from './gallery-filter.ts'
import { passesFilter } from './passes-filter.ts'

const NONE: IndexFilter = { ...NO_FILTER, sources: null }
const FACTS: RowFacts = { source: 3, bookedAt: '2024-05-31', birthYear: 1990, sex: 'F', sealed: false }

describe('passesFilter', () => {
  it.each([
    [{}, {}, true],
    [{}, { sealed: true }, false],
    [{ sources: [3, 4] }, {}, true],
    [{ sources: [4] }, {}, false],
    [{ sources: [] }, {}, false],
    [{ bookedFrom: '2024-05-31' }, {}, true],
    [{ bookedFrom: '2024-06-01' }, {}, false],
    [{ bookedTo: '2024-05-31' }, {}, true],
    [{ bookedTo: '2024-05-30' }, {}, false],
    [{ sexes: ['F' as const] }, {}, true],
    [{ sexes: ['M' as const, 'X' as const] }, {}, false],
    [{ sexes: ['M' as const] }, { sex: 'U' as const }, true],
    [{ sexes: [] }, { sex: 'U' as const }, true],
    [{ bornFrom: 1990 }, {}, true],
    [{ bornFrom: 1991 }, {}, false],
    [{ bornTo: 1990 }, {}, true],
    [{ bornTo: 1989 }, {}, false],
    [{ bornFrom: 1991, bornTo: 1989 }, { birthYear: null }, true],
  ])('filter %j, booking %j: %s', (filter, facts, passes) => {
    expect(passesFilter({ ...NONE, ...filter }, { ...FACTS, ...facts })).toBe(passes)
  })

  it('never keeps out a photograph for what was not recorded', () => {
    const year = fc.option(fc.integer({ min: 1900, max: 2020 }))
    const sexes = fc.option(fc.subarray(['F', 'M', 'X'] as const))
    fc.assert(
      fc.property(year, year, sexes, (bornFrom, bornTo, wanted) => {
        const filter = { ...NONE, bornFrom, bornTo, sexes: wanted }
        expect(passesFilter(filter, { ...FACTS, birthYear: null, sex: 'U' })).toBe(true)
      }),
    )
  })

  it('lets a narrower filter through only what the wider one lets through', () => {
    const facts = fc.record({
      source: fc.integer({ min: 1, max: 4 }),
      bookedAt: fc.constantFrom('2010-01-01', '2015-06-30', '2024-12-31'),
      birthYear: fc.option(fc.integer({ min: 1940, max: 2005 })),
      sex: fc.constantFrom('F', 'M', 'X', 'U'),
      sealed: fc.boolean(),
    })
    const part = fc.record({
      sources: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 4 }))),
      bookedFrom: fc.option(fc.constantFrom('2012-01-01', '2020-01-01')),
      bookedTo: fc.option(fc.constantFrom('2012-01-01', '2020-01-01')),
      sexes: fc.option(fc.subarray(['F', 'M'] as const)),
      bornFrom: fc.option(fc.integer({ min: 1940, max: 2005 })),
      bornTo: fc.option(fc.integer({ min: 1940, max: 2005 })),
    })
    fc.assert(
      fc.property(
        facts,
        part,
        fc.constantFrom<keyof IndexFilter>('sources', 'bookedTo', 'sexes', 'bornTo'),
        (f, p, key) => {
          if (passesFilter(p, f)) expect(passesFilter({ ...p, [key]: null }, f)).toBe(true)
        },
      ),
    )
  })
})
