import { describe, expect, it } from 'vitest'
import { type Narrowing, NO_NARROWING, narrowingTroubles, partsUsed, toFilter, toggled } from './narrowing.ts'

const TODAY = '2026-11-22'
const troubles = (part: Partial<Narrowing>) =>
  narrowingTroubles({ ...NO_NARROWING, ...part }, TODAY).map((trouble) => trouble.field)

describe('narrowingTroubles', () => {
  it.each<Partial<Narrowing>>([
    {},
    { bookedFrom: TODAY, bookedTo: TODAY },
    { bookedFrom: '2015-01-01' },
    { bookedTo: '2015-01-01' },
    { ageFrom: '0', ageTo: '120' },
    { ageFrom: ' 20 ', ageTo: '20' },
    { ageTo: '9', ageFrom: '' },
    { ageFrom: '9', ageTo: '10' },
  ])('has none for %j', (part) => {
    expect(troubles(part)).toEqual([])
  })

  it.each<[Partial<Narrowing>, readonly string[]]>([
    [{ bookedFrom: '2026-11-23' }, ['bookedFrom']],
    [{ bookedTo: '2027-01-01' }, ['bookedTo']],
    [{ bookedFrom: '2020-01-02', bookedTo: '2020-01-01' }, ['bookedTo']],
    [{ bookedFrom: '2028-01-02', bookedTo: '2027-01-01' }, ['bookedFrom', 'bookedTo']],
    [{ ageFrom: '121' }, ['ageFrom']],
    [{ ageFrom: '-1', ageTo: 'old' }, ['ageFrom', 'ageTo']],
    [{ ageTo: '20.5' }, ['ageTo']],
    [{ ageFrom: '30', ageTo: '9' }, ['ageTo']],
  ])('names for %j: %j', (part, fields) => {
    expect(troubles(part)).toEqual(fields)
  })
})

describe('toFilter', () => {
  it('is nothing when nothing is narrowed', () => {
    expect(toFilter(NO_NARROWING)).toBeUndefined()
    expect(toFilter({ ...NO_NARROWING, ageFrom: ' ' })).toBeUndefined()
  })

  it('sends what was given, and no more', () => {
    const all = { sources: ['src_1'], bookedFrom: '2015-01-01', bookedTo: '2024-12-31', sexes: ['F'] }
    expect(toFilter({ ...all, ageFrom: '20', ageTo: ' 30' })).toEqual({ ...all, ageFrom: 20, ageTo: 30 })
    expect(toFilter({ ...NO_NARROWING, sexes: ['F', 'X'] })).toEqual({ sexes: ['F', 'X'] })
    expect(toFilter({ ...NO_NARROWING, ageFrom: '0' })).toEqual({ ageFrom: 0 })
  })
})

describe('partsUsed', () => {
  it('counts the ways, not the fields', () => {
    expect(partsUsed(NO_NARROWING)).toBe(0)
    expect(partsUsed({ ...NO_NARROWING, ageFrom: '20', ageTo: '30' })).toBe(1)
    const dates = { bookedFrom: '2015-01-01', bookedTo: '2024-12-31' }
    expect(partsUsed({ ...NO_NARROWING, ...dates, sources: ['a', 'b'], sexes: ['F'], ageTo: '9' })).toBe(4)
  })
})

describe('toggled', () => {
  it('adds and takes away', () => {
    expect(toggled([], 'F')).toEqual(['F'])
    expect(toggled(['F', 'M'], 'F')).toEqual(['M'])
    expect(toggled(toggled(['M'], 'F'), 'F')).toEqual(['M'])
  })
})
