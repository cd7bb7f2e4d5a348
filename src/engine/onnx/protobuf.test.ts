import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { field, integer, message, readFields, text } from './protobuf.ts'

interface Written {
  readonly number: number
  readonly wire: number
  readonly value: number
  readonly content: Uint8Array
  readonly bytes: Buffer
}

const number = fc.integer({ min: 1, max: 2 ** 29 - 1 })
const written: fc.Arbitrary<Written> = fc.oneof(
  fc.tuple(number, fc.maxSafeNat()).map(([place, value]) => {
    return { number: place, wire: 0, value, content: new Uint8Array(), bytes: integer(place, value) }
  }),
  fc.tuple(number, fc.uint8Array({ maxLength: 300 })).map(([place, content]) => {
    return { number: place, wire: 2, value: 0, content, bytes: field(place, content) }
  }),
  fc.tuple(number, fc.string()).map(([place, words]) => {
    return { number: place, wire: 2, value: 0, content: Buffer.from(words, 'utf8'), bytes: text(place, words) }
  }),
  fc.tuple(number, fc.constantFrom(1, 5), fc.uint8Array({ minLength: 8, maxLength: 8 })).map(([place, wire, eight]) => {
    const content = wire === 1 ? eight : eight.subarray(0, 4)
    // The tag of a fixed field is that of an integer field with other low bits.
    const tag = Buffer.from(integer(place, 0).subarray(0, -1))
    tag[0] = (tag[0] ?? 0) | wire
    return { number: place, wire, value: 0, content, bytes: Buffer.concat([tag, content]) }
  }),
)
const fields = fc.array(written, { maxLength: 12 })

describe('readFields', () => {
  test('reads back what was written, in order', () => {
    fc.assert(
      fc.property(fields, (all) => {
        const read = readFields(Buffer.concat(all.map(({ bytes }) => bytes)))
        expect(read.map(({ number: place, wire, value }) => ({ number: place, wire, value }))).toEqual(
          all.map(({ number: place, wire, value }) => ({ number: place, wire, value })),
        )
        expect(read.map(({ bytes }) => [...bytes])).toEqual(all.map(({ content }) => [...content]))
      }),
    )
  })

  test('the raw fields together are the message, byte for byte', () => {
    fc.assert(
      fc.property(fields, (all) => {
        const bytes = Buffer.concat(all.map((one) => one.bytes))
        expect(Buffer.concat(readFields(bytes).map(({ raw }) => raw))).toEqual(bytes)
      }),
    )
  })

  test('a message that ends inside a field is refused, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 5 }), fc.nat(), (all, place) => {
        const bytes = Buffer.concat(all.map((one) => one.bytes))
        const ends = all.map((_, index) => all.slice(0, index).reduce((sum, one) => sum + one.bytes.length, 0))
        const cut = place % bytes.length
        fc.pre(!ends.includes(cut))
        expect(() => readFields(bytes.subarray(0, cut))).toThrow(RangeError)
      }),
    )
  })

  test('a message inside a message', () => {
    const [outer, ...others] = readFields(message(7, [text(1, 'inside'), integer(2, 300)]))
    expect(others).toEqual([])
    const [name, count] = readFields(outer?.bytes ?? new Uint8Array())
    expect(Buffer.from(name?.bytes ?? []).toString()).toBe('inside')
    expect(count?.value).toBe(300)
  })

  test('nothing holds no fields', () => {
    expect(readFields(new Uint8Array())).toEqual([])
  })

  test.each([3, 4, 6, 7])('wire type %i is refused', (wire) => {
    expect(() => readFields(Uint8Array.of(8 + wire, 1, 0))).toThrow(`Wire type ${wire} is unknown.`)
  })

  test('a length beyond the end is refused', () => {
    expect(() => readFields(Uint8Array.of(10, 5, 1, 2))).toThrow('ends inside a field')
    expect(() => readFields(Uint8Array.of(10, 255, 255, 255, 255, 255, 255, 255, 255, 127, 1))).toThrow(RangeError)
  })

  test('a negative number, ten bytes long, is read over; eleven bytes are no number', () => {
    const minusOne = [8, ...Array<number>(9).fill(255), 1]
    const read = readFields(Uint8Array.from([...minusOne, 16, 5]))
    expect(read.map(({ number: place, raw }) => [place, raw.length])).toEqual([
      [1, 11],
      [2, 2],
    ])
    expect(read[1]?.value).toBe(5)
    expect(() => readFields(Uint8Array.from([8, ...Array<number>(10).fill(255), 1]))).toThrow('ends inside a number')
  })
})

describe('writing', () => {
  test.each([
    [1, 0, '0800'],
    [1, 150, '089601'],
    [16, 1, '800101'],
    [1, 2 ** 32, '088080808010'],
  ])('field %i with %i is %s', (place, value, hex) => {
    expect(integer(place, value).toString('hex')).toBe(hex)
  })

  test('text is UTF-8, with its length in bytes', () => {
    expect(text(2, 'é').toString('hex')).toBe('1202c3a9')
  })

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])('%f is refused', (value) => {
    expect(() => integer(1, value)).toThrow(RangeError)
  })
})
