import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openFieldReader } from './field-reader.ts'
import { PURPOSES } from './vocabulary.ts'

const NOW = new Date('2026-11-22T15:00:00Z')
const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true })

describe('a reader of fields', () => {
  it('remembers the first field that cannot be used, and reads on', () => {
    const read = openFieldReader(NOW)
    expect(read.problem()).toBeNull()
    read.text('first', 'x'.repeat(6), 5)
    read.count('second', 99, 50)
    expect(read.text('third', ' fine ', 10)).toBe('fine')
    expect(read.problem()?.problem).toMatchObject({ code: 'text_too_long', where: 'first' })
    expect(read.problem()?.problem.message).toContain('6 characters; at most 5')
  })

  it('measures a text after trimming it', () => {
    const read = openFieldReader(NOW)
    expect(read.text('x', '  12345  ', 5)).toBe('12345')
    expect(read.textOrNull('x', '   ', 5)).toBeNull()
    expect(read.problem()).toBeNull()
  })

  it.each([
    ['2026-11-22', '2026-11-22T00:00:00.00Z'],
    ['2026-11-22T15:24:03Z', '2026-11-22T15:24:03.00Z'],
    ['2026-11-22T15:24:03.176Z', '2026-11-22T15:24:03.17Z'],
    ['2026-11-22T07:24-08:00', '2026-11-22T15:24:00.00Z'],
    ['2026-11-23T14:59:59Z', '2026-11-23T14:59:59.00Z'],
    ['2024-02-29', '2024-02-29T00:00:00.00Z'],
    ['1999-12-31T23:00:00-08:00', '2000-01-01T07:00:00.00Z'],
  ])('reads the time %s as %s', (text, stamp) => {
    const read = openFieldReader(NOW)
    expect(read.timeOrNull('at', text)).toBe(stamp)
    expect(read.problem()).toBeNull()
  })

  it.each([
    '2025-02-29',
    '2026-00-10',
    '2026-1-1',
    '22.11.2026',
    '20261122',
    'T15:00Z',
    ' 2026-11-22',
    5,
    {},
    '2026-11-22T25:00Z',
  ])('does not take %j for a time', (value) => {
    const read = openFieldReader(NOW)
    expect(read.timeOrNull('at', value)).toBeNull()
    expect(read.problem()?.problem.code).toBe('date_unusable')
  })

  it('whatever it is given, it returns a usable value or a problem, never an error', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const read = openFieldReader(NOW)
        expect(read.text('t', value, 20).length).toBeLessThanOrEqual(20)
        expect(PURPOSES.map((purpose) => purpose.code)).toContain(read.code('c', PURPOSES, value))
        expect(typeof read.yesNo('y', value)).toBe('boolean')
        const count = read.count('n', value, 50)
        expect(count >= 1 && count <= 50 && Number.isInteger(count)).toBe(true)
        expect(read.place('p', value)).toBeGreaterThanOrEqual(0)
        const at = read.timeOrNull('d', value)
        if (at !== null) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ$/)
        // No value is a code, a yes, a number and a time at once.
        expect(read.problem()).not.toBeNull()
      }),
    )
  })

  it('takes the invisible out of a text and leaves the visible', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', 'a', '7', '-')),
        (parts) => {
          const visible = parts.filter((part) => /[a7-]/.test(part)).join('')
          expect(openFieldReader(NOW).text('x', parts.join(''), 1000)).toBe(visible)
        },
      ),
    )
  })
})
