import { describe, expect, it } from 'vitest'
import { ageText, count, day, moment, plural, taken, years } from './sheet-words.ts'

describe('the words of a sheet', () => {
  it('writes days and moments in UTC, wherever the server stands', () => {
    expect(day('2018-03-12')).toBe('March 12, 2018')
    expect(moment('2026-11-22T23:59:59.99Z')).toBe('November 22, 2026, 23:59 UTC')
    expect(moment('2026-11-22T00:05:00.00Z')).toBe('November 22, 2026, 00:05 UTC')
    expect(taken(null)).toBe('Date taken not recorded')
    expect(taken('2018-03-12')).toBe('Taken March 12, 2018')
  })

  it('counts in words that agree with the number', () => {
    expect([count(1234567), plural(1, 'candidate'), plural(0, 'candidate')]).toEqual([
      ...['1,234,567', '1 candidate', '0 candidates'],
    ])
    expect([years(0), years(1), years(8), ageText(null), ageText(8)]).toEqual([
      ...['less than a year', '1 year', '8 years', 'not recorded', '8 years'],
    ])
  })
})
