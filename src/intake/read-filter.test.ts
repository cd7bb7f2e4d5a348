import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_FILTER } from '../gallery/index.ts'
import { openFieldReader } from './field-reader.ts'
import { readFilter } from './read-filter.ts'
import { birthYears, galleryFilter, type RequestFilterInput } from './request-filter.ts'

const NOW = new Date('2026-11-22T15:00:00Z')

function read(input: unknown) {
  const reader = openFieldReader(NOW)
  const filter = readFilter(reader, input as RequestFilterInput, NOW)
  return { filter, problem: reader.problem()?.problem }
}

const ASKED_NOTHING = {
  ...{ sources: null, bookedFrom: null, bookedTo: null, sexes: null },
  ...{ ageFrom: null, ageTo: null, bornFrom: null, bornTo: null },
}

describe('what narrows a search', () => {
  it.each([undefined, null, {}, { sources: [], sexes: [] }, { bookedFrom: '', bookedTo: null, ageFrom: null }])(
    'is nothing when %j was sent',
    (input) => {
      expect(read(input)).toEqual({ filter: null, problem: undefined })
    },
  )

  it('is kept as it was asked, with the birth years that the ages became', () => {
    const input = { bookedFrom: '2015-01-01', bookedTo: '2024-02-29', ageFrom: 20, ageTo: 30 }
    const lists = { sources: ['src_2', 'src_1', 'src_2'], sexes: ['M', 'F', 'M'] }
    expect(read({ ...input, ...lists })).toEqual({
      filter: { ...input, sources: ['src_1', 'src_2'], sexes: ['F', 'M'], bornFrom: 1995, bornTo: 2006 },
      problem: undefined,
    })
  })

  it.each([
    [{ bookedFrom: '2026-11-22', bookedTo: '2026-11-22' }, {}],
    [{ bookedTo: '2026-11-23' }, {}],
    [
      { ageFrom: 0, ageTo: 120 },
      { bornFrom: 1905, bornTo: 2026 },
    ],
    [
      { ageFrom: 35, ageTo: 35 },
      { bornFrom: 1990, bornTo: 1991 },
    ],
    [{ ageFrom: 35 }, { bornTo: 1991 }],
    [{ ageTo: 35 }, { bornFrom: 1990 }],
  ])('takes %j', (input, became) => {
    expect(read(input)).toEqual({ filter: { ...ASKED_NOTHING, ...input, ...became }, problem: undefined })
  })

  it.each([
    [{ bookedFrom: 'last week' }, 'date_unusable', 'filter.bookedFrom'],
    [{ bookedFrom: '2026-02-30' }, 'date_unusable', 'filter.bookedFrom'],
    [{ bookedFrom: '2026-11-22T10:00:00Z' }, 'date_unusable', 'filter.bookedFrom'],
    [{ bookedTo: 20261122 }, 'date_unusable', 'filter.bookedTo'],
    [{ bookedFrom: '2026-11-24' }, 'date_in_future', 'filter.bookedFrom'],
    [{ bookedTo: '2999-01-01' }, 'date_in_future', 'filter.bookedTo'],
    [{ bookedFrom: '2020-01-02', bookedTo: '2020-01-01' }, 'range_reversed', 'filter.bookedTo'],
    [{ ageFrom: 31, ageTo: 30 }, 'range_reversed', 'filter.ageTo'],
    [{ ageFrom: -1 }, 'age_out_of_range', 'filter.ageFrom'],
    [{ ageTo: 121 }, 'age_out_of_range', 'filter.ageTo'],
    [{ ageFrom: 20.5 }, 'age_out_of_range', 'filter.ageFrom'],
    [{ ageFrom: '20' }, 'age_out_of_range', 'filter.ageFrom'],
    [{ sexes: ['F', 'W'] }, 'unknown_value', 'filter.sexes'],
    [{ sexes: ['U'] }, 'unknown_value', 'filter.sexes'],
    [{ sexes: 'F' }, 'unknown_value', 'filter.sexes'],
    [{ sources: 'src_1' }, 'unknown_value', 'filter.sources'],
    [{ sources: [7] }, 'text_unusable', 'filter.sources'],
  ])('refuses %j as %s', (input, code, where) => {
    expect(read(input).problem).toMatchObject({ kind: 'refusal', code, where })
  })

  it.each(['race', 'ethnicity', 'skinTone', 'origin', 'charge', '__proto__x', 'bornFrom'])(
    'is never %s: there is no such filter',
    (name) => {
      const { problem } = read({ [name]: 'any', sexes: ['F'] })
      expect(problem).toMatchObject({ code: 'filter_unknown', where: 'filter' })
      expect(problem?.remedy).toBe('Use only: sources, bookedFrom, bookedTo, sexes, ageFrom, ageTo.')
    },
  )

  it('never throws, and is either refused or in order', () => {
    const values = fc.anything({ withBigInt: true, withDate: true })
    const inputs = fc.record(
      { sources: values, bookedFrom: values, bookedTo: values, sexes: values, ageFrom: values, ageTo: values },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(inputs, (input) => {
        const { filter, problem } = read(input)
        if (problem !== undefined || filter === null) return
        expect(filter.bornFrom ?? 0).toBeLessThanOrEqual(filter.bornTo ?? 9999)
        expect((filter.bookedFrom ?? '') <= (filter.bookedTo ?? '9999')).toBe(true)
      }),
    )
  })
})

describe('birth years of an age', () => {
  it('leave out nobody of that age, wherever in the year the birthday lies', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-11-22'), noInvalidDate: true })
    fc.assert(
      fc.property(days, fc.nat(120), fc.nat(120), (born, one, two) => {
        const age = ageOn(born, NOW)
        const [from, to] = [Math.min(one, two), Math.max(one, two)]
        const { bornFrom, bornTo } = birthYears(from, to, 2026)
        const year = born.getUTCFullYear()
        if (age >= from && age <= to) expect(year >= (bornFrom ?? 0) && year <= (bornTo ?? 0)).toBe(true)
        // And nobody who is more than a year away from it gets in.
        if (age > to + 1 || age < from - 1) expect(year >= (bornFrom ?? 0) && year <= (bornTo ?? 0)).toBe(false)
      }),
    )
  })
})

describe('what a gallery is asked', () => {
  it('is everything without a filter, and birth years in place of ages with one', () => {
    expect(galleryFilter(null)).toEqual(NO_FILTER)
    const { filter } = read({ ageFrom: 20, sexes: ['X'] })
    expect(galleryFilter(filter)).toEqual({ ...NO_FILTER, sexes: ['X'], bornTo: 2006 })
  })
})

function ageOn(born: Date, day: Date): number {
  const ahead = day.toISOString().slice(5, 10) < born.toISOString().slice(5, 10)
  return day.getUTCFullYear() - born.getUTCFullYear() - (ahead ? 1 : 0)
}
