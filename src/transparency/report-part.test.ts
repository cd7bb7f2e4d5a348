import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReportFault, ReportPart } from './report-part.ts'

const part = new ReportPart({
  ...{ word: 'a', yes: true, half: 0.5, three: 3, minus: -2, none: null, long: 'x'.repeat(5001) },
  ...{ inner: { deep: [{ n: 1 }, { n: 'two' }] }, words: ['a', 'b'], mixed: ['a', 1] },
})

function placeOf(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (error instanceof ReportFault) return error.place
    throw error
  }
  return 'no fault'
}

describe('ReportPart', () => {
  it('gives values of the type asked for', () => {
    expect([
      part.text('word'),
      part.flag('yes'),
      part.share('half'),
      part.count('three'),
      part.number('minus'),
    ]).toEqual(['a', true, 0.5, 3, -2])
    expect(part.texts('words')).toEqual(['a', 'b'])
    expect(part.part('inner').parts('deep')[0]?.count('n')).toBe(1)
  })

  it.each([
    ['word', () => part.number('word')],
    ['three', () => part.text('three')],
    ['half', () => part.count('half')],
    ['minus', () => part.count('minus')],
    ['minus', () => part.share('minus')],
    ['three', () => part.share('three')],
    ['three', () => part.flag('three')],
    ['gone', () => part.text('gone')],
    ['none', () => part.part('none')],
    ['words', () => part.part('words')],
    ['word', () => part.parts('word')],
    ['mixed[1]', () => part.texts('mixed')],
    ['words[0]', () => part.parts('words')],
    ['long', () => part.text('long')],
    ['inner.deep[1].n', () => part.part('inner').parts('deep')[1]?.number('n')],
  ])('says that %s is wrong', (place, read) => {
    expect(placeOf(read)).toBe(place)
  })

  it('lets null through only where null may be, and never a missing field', () => {
    const number = (whole: ReportPart, name: string) => whole.number(name)
    expect(part.orNull('none', number)).toBeNull()
    expect(part.orNull('half', number)).toBe(0.5)
    expect(placeOf(() => part.orNull('gone', number))).toBe('gone')
  })

  it('reads a field that older reports lack when it is there, and takes nothing else for its absence', () => {
    const number = (whole: ReportPart, name: string) => whole.number(name)
    expect(part.ifThere('gone', number)).toBeNull()
    expect(part.ifThere('half', number)).toBe(0.5)
    expect(placeOf(() => part.ifThere('none', number))).toBe('none')
    expect(placeOf(() => part.ifThere('word', number))).toBe('word')
  })

  it('reads at most 2,000 parts, so that a report cannot fill the memory', () => {
    const many = (count: number) => new ReportPart({ all: Array.from({ length: count }, () => ({})) })
    expect(many(2000).parts('all')).toHaveLength(2000)
    expect(placeOf(() => many(2001).parts('all'))).toBe('all')
  })

  it('takes no number that is not finite, and nothing but an object', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(placeOf(() => new ReportPart({ n: value }).number('n'))).toBe('n')
    }
    for (const value of [null, 1, 'a', [], undefined]) expect(placeOf(() => new ReportPart(value))).toBe('content')
  })

  it('never throws anything but a fault, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const place = placeOf(() =>
          new ReportPart({ value })
            .part('value')
            .parts('value')
            .map((one) => one.share('value')),
        )
        expect(place === 'no fault' || place.startsWith('value')).toBe(true)
      }),
    )
  })
})
