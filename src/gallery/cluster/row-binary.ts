import type { RowFacts } from '../coarse-index.ts'

/** A row to be inserted. */
export interface FaceRow {
  readonly seq: number
  readonly facts: RowFacts
  readonly vector: Float32Array
}

/** The columns, in the order of `encodeRows`. */
export const ROW_COLUMNS = 'seq, source, booked_at, birth_year, sex, sealed, vector'

export const SEX_NUMBERS = { U: 0, F: 1, M: 2, X: 3 } as const

const DAY_MS = 86_400_000
const FIXED_BYTES = 8 + 2 + 4 + 2 + 1 + 1

/** Rows as ClickHouse's RowBinary: little endian, a list led by its length as a varint (LEB128). */
export function encodeRows(rows: readonly FaceRow[]): Uint8Array {
  const sizes = rows.map(({ vector }) => FIXED_BYTES + lengthBytes(vector.length) + 4 * vector.length)
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const row of rows) at = writeRow(view, at, row)
  return bytes
}

function writeRow(view: DataView, start: number, { seq, facts, vector }: FaceRow): number {
  view.setBigUint64(start, BigInt(seq), true)
  view.setUint16(start + 8, facts.source, true)
  view.setInt32(start + 10, Date.parse(`${facts.bookedAt}T00:00:00Z`) / DAY_MS, true)
  view.setUint16(start + 14, facts.birthYear ?? 0, true)
  view.setInt8(start + 16, SEX_NUMBERS[facts.sex])
  view.setUint8(start + 17, facts.sealed ? 1 : 0)
  let at = writeLength(view, start + FIXED_BYTES, vector.length)
  for (const value of vector) {
    view.setFloat32(at, value, true)
    at += 4
  }
  return at
}

function lengthBytes(length: number): number {
  return length < 128 ? 1 : 1 + lengthBytes(Math.floor(length / 128))
}

function writeLength(view: DataView, at: number, length: number): number {
  if (length < 128) {
    view.setUint8(at, length)
    return at + 1
  }
  view.setUint8(at, (length % 128) + 128)
  return writeLength(view, at + 1, Math.floor(length / 128))
}
