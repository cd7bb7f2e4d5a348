import { describe, expect, test } from 'vitest'
import { readFlatbuffer } from './read-flatbuffer.ts'

/** Little-endian pieces put together by hand, as flatbuffers.dev/internals describes them. */
function bytesOf(...pieces: readonly (readonly ['u32' | 'i32' | 'u16' | 'u8', number])[]): Uint8Array {
  return Buffer.concat(
    pieces.map(([kind, value]) => {
      const piece = Buffer.alloc({ u32: 4, i32: 4, u16: 2, u8: 1 }[kind])
      if (kind === 'u32') piece.writeUInt32LE(value)
      else if (kind === 'i32') piece.writeInt32LE(value)
      else if (kind === 'u16') piece.writeUInt16LE(value)
      else piece.writeUInt8(value)
      return piece
    }),
  )
}

// Root table at 16, its vtable at 4: field 0 an int, field 1 a byte, field 2 absent, field 3 a list of ints.
const SIMPLE = bytesOf(
  ['u32', 16],
  ...([12, 16, 4, 8, 0, 12] as const).map((value) => ['u16', value] as const),
  ['i32', 12],
  ['i32', -7],
  ['u8', 200],
  ['u8', 0],
  ['u8', 0],
  ['u8', 0],
  ['u32', 4],
  ['u32', 2],
  ['i32', 5],
  ['i32', -6],
)

describe('readFlatbuffer', () => {
  const table = readFlatbuffer(SIMPLE)

  test('reads numbers by field', () => {
    expect(table.int(0)).toBe(-7)
    expect(table.uint(0)).toBe(2 ** 32 - 7)
    expect(table.byte(1)).toBe(-56)
  })

  test('an absent field, and one beyond the table, gives the default', () => {
    expect(table.int(2, 3)).toBe(3)
    expect(table.int(9)).toBe(0)
    expect(table.ints(2)).toEqual([])
    expect(table.bytes(9)).toHaveLength(0)
    expect(table.tables(9)).toEqual([])
    expect(table.table(9)).toBeUndefined()
    expect(table.text(9)).toBe('')
  })

  test('reads a list of numbers', () => {
    expect(table.ints(3)).toEqual([5, -6])
  })

  test('works on a view into a larger buffer', () => {
    const larger = Buffer.concat([Buffer.alloc(13, 0xaa), SIMPLE])
    expect(readFlatbuffer(larger.subarray(13)).ints(3)).toEqual([5, -6])
  })

  test('an offset outside the bytes throws', () => {
    expect(() => readFlatbuffer(bytesOf(['u32', 4000]))).toThrow(RangeError)
    expect(() => readFlatbuffer(new Uint8Array())).toThrow(RangeError)
  })
})
