import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_FILTER } from './gallery-filter.ts'
import { narrowingText } from './narrowing-text.ts'
import { restrictFilter } from './restrict-filter.ts'

const ids = fc.uniqueArray(fc.constantFrom('src_1', 'src_2', 'src_3', 'src_4'))

describe('a filter among the sources that may be searched', () => {
  it('names them all when none was asked for, sorted', () => {
    expect(restrictFilter(NO_FILTER, ['src_2', 'src_1']).sources).toEqual(['src_1', 'src_2'])
  })

  it('is empty, and never everything, when none is left', () => {
    expect(restrictFilter({ ...NO_FILTER, sources: ['src_9'] }, ['src_1']).sources).toEqual([])
    expect(restrictFilter(NO_FILTER, []).sources).toEqual([])
  })

  it('lets through what both let through, and changes nothing else', () => {
    fc.assert(
      fc.property(fc.option(ids), ids, (asked, visible) => {
        const filter = { ...NO_FILTER, sources: asked, sexes: ['F'] as const, bornTo: 2000 }
        const { sources, ...rest } = restrictFilter(filter, visible)
        expect(sources).toEqual(visible.filter((id) => asked?.includes(id) ?? true).sort())
        expect({ ...rest, sources: asked }).toEqual(filter)
      }),
    )
  })
})

describe('the line of the log about a filter', () => {
  it.each([
    [{}, 'none'],
    [{ sources: ['src_1'] }, 'none'],
    [{ bookedFrom: '2015-01-01' }, 'booked 2015-01-01..'],
    [{ bookedFrom: '2015-01-01', bookedTo: '2024-12-31' }, 'booked 2015-01-01..2024-12-31'],
    [{ sexes: ['M', 'F', 'M'] as const }, 'sex F/M or not recorded'],
    [{ sexes: [] }, 'sex none or not recorded'],
    [{ bornTo: 1990 }, 'born ..1990 or not recorded'],
    [
      { bookedTo: '2024-12-31', sexes: ['X'] as const, bornFrom: 1980, bornTo: 1990 },
      'booked ..2024-12-31; sex X or not recorded; born 1980..1990 or not recorded',
    ],
  ])('of %j is "%s"', (part, text) => {
    expect(narrowingText({ ...NO_FILTER, ...part })).toBe(text)
  })
})
