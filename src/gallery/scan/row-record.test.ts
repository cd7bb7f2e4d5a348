import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RowFacts } from '../coarse-index.ts'
import { dayNumber, ROW_LIVE, ROW_SEALED, readFacts, rowLayout, SEX_CODES, TAIL, writeFacts } from './row-record.ts'
import { ADULT } from './scan.fixture.ts'

const facts: fc.Arbitrary<RowFacts> = fc.record({
  source: fc.integer({ min: 1, max: 65_535 }),
  bookedAt: fc
    .integer({ min: -30_000, max: 60_000 })
    .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
  birthYear: fc.option(fc.integer({ min: 1880, max: 2010 })),
  sex: fc.constantFrom(...SEX_CODES),
  sealed: fc.boolean(),
})

describe('rowLayout', () => {
  it.each([
    [1, 16, 48],
    [16, 16, 48],
    [17, 32, 64],
    [20, 32, 64],
    [128, 128, 160],
    [512, 512, 544],
    [704, 704, 736],
    [4096, 4096, 4128],
  ])('%i numbers take %i codes in a record of %i bytes', (dimension, codeBytes, rowBytes) => {
    expect(rowLayout(dimension)).toEqual({ dimension, codeBytes, rowBytes })
  })

  it.each([0, -1, 1.5, 4097, Number.NaN])('refuses %d numbers', (dimension) => {
    expect(() => rowLayout(dimension)).toThrow(RangeError)
  })
})

describe('facts of a row', () => {
  it('are read as they were written, whatever they are', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 3 }), (given, at) => {
        const view = new DataView(new ArrayBuffer(64))
        writeFacts(view, at * 8, given)
        expect(readFacts(view, at * 8)).toEqual(given)
      }),
    )
  })

  it('lie where the snapshot and the journal have them', () => {
    const view = new DataView(new ArrayBuffer(32))
    writeFacts(view, 0, { source: 0x0102, bookedAt: '1970-01-11', birthYear: 0x07d0, sex: 'X', sealed: true })
    const bytes = [...new Uint8Array(view.buffer)]
    expect(bytes.slice(12)).toEqual([2, 1, 0xd0, 7, 10, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(bytes.slice(0, 12)).toEqual(new Array(12).fill(0))
  })

  it('a row is live once they are written, and sealed when they say so', () => {
    const view = new DataView(new ArrayBuffer(32))
    writeFacts(view, 0, ADULT)
    expect(view.getUint8(TAIL.flags)).toBe(ROW_LIVE)
    writeFacts(view, 0, { ...ADULT, sealed: true })
    expect(view.getUint8(TAIL.flags)).toBe(ROW_LIVE | ROW_SEALED)
  })

  it.each([
    ['a source past 16 bits', { source: 65_536 }],
    ['a source below 0', { source: -1 }],
    ['a broken source', { source: 1.5 }],
    ['a birth year past 16 bits', { birthYear: 70_000 }],
    ['a day that is none', { bookedAt: '2021-02-30T00' }],
    ['a month that is none', { bookedAt: '2021-13-01' }],
  ])('%s is refused and nothing is written', (_, part) => {
    const view = new DataView(new ArrayBuffer(32))
    expect(() => writeFacts(view, 0, { ...ADULT, ...part })).toThrow(RangeError)
    expect(new Uint8Array(view.buffer)).toEqual(new Uint8Array(32))
  })
})

describe('dayNumber', () => {
  it('counts days from 1970, before it too', () => {
    expect(dayNumber('1970-01-01')).toBe(0)
    expect(dayNumber('1970-01-31')).toBe(30)
    expect(dayNumber('1969-12-31')).toBe(-1)
    expect(dayNumber('2000-03-01')).toBe(dayNumber('2000-02-29') + 1)
  })
})
