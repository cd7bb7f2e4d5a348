import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeRows, type FaceRow } from './row-binary.ts'

const facts = { source: 258, bookedAt: '1970-01-03', birthYear: 1990, sex: 'M', sealed: true } as const

/** A second reading of the format, from ClickHouse's description of RowBinary. */
function decode(bytes: Uint8Array): readonly FaceRow[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const rows: FaceRow[] = []
  for (let at = 0; at < bytes.length; ) {
    const day = new Date(view.getInt32(at + 10, true) * 86_400_000).toISOString().slice(0, 10)
    const sex = (['U', 'F', 'M', 'X'] as const)[view.getInt8(at + 16)] ?? 'U'
    const read = {
      source: view.getUint16(at + 8, true),
      bookedAt: day,
      birthYear: view.getUint16(at + 14, true) || null,
      sex,
      sealed: view.getUint8(at + 17) === 1,
    }
    const seq = Number(view.getBigUint64(at, true))
    let length = 0
    let shift = 0
    at += 18
    for (let more = true; more; at += 1, shift += 7) {
      length += (view.getUint8(at) % 128) * 2 ** shift
      more = view.getUint8(at) >= 128
    }
    const vector = Float32Array.from({ length }, (_, place) => view.getFloat32(at + 4 * place, true))
    rows.push({ seq, facts: read, vector })
    at += 4 * length
  }
  return rows
}

const aRow = fc.record({
  seq: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  facts: fc.record({
    source: fc.integer({ min: 1, max: 65_535 }),
    bookedAt: fc
      .date({ min: new Date('1900-01-01'), max: new Date('2299-12-31'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
    birthYear: fc.option(fc.integer({ min: 1_900, max: 2_020 })),
    sex: fc.constantFrom('U', 'F', 'M', 'X'),
    sealed: fc.boolean(),
  }),
  vector: fc.float32Array({ minLength: 0, maxLength: 300 }),
})

describe('rows in RowBinary', () => {
  it('writes each column as ClickHouse describes it', () => {
    const bytes = encodeRows([{ seq: 2 ** 33 + 1, facts, vector: Float32Array.of(1, -2) }])
    expect(Buffer.from(bytes).toString('hex')).toBe(
      ['0100000002000000', '0201', '02000000', 'c607', '02', '01', '02', '0000803f', '000000c0'].join(''),
    )
  })

  it.each([
    [127, [127]],
    [128, [128, 1]],
    [704, [192, 5]],
    [16_384, [128, 128, 1]],
  ])('writes the length %i as LEB128', (length, expected) => {
    const bytes = encodeRows([{ seq: 1, facts, vector: new Float32Array(length) }])
    expect([...bytes.subarray(18, 18 + expected.length)]).toEqual(expected)
    expect(bytes).toHaveLength(18 + expected.length + 4 * length)
  })

  it('gives back any rows', () => {
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 5 }), (rows) => {
        expect(decode(encodeRows(rows))).toEqual(rows)
      }),
    )
  })

  it('takes a view into a larger array for what it shows', () => {
    const whole = Float32Array.of(9, 1, 2, 9)
    expect(decode(encodeRows([{ seq: 1, facts, vector: whole.subarray(1, 3) }]))[0]?.vector).toEqual(
      Float32Array.of(1, 2),
    )
  })

  it('makes nothing of nothing', () => {
    expect(encodeRows([])).toEqual(new Uint8Array(0))
  })
})
