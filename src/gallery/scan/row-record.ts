import type { Sex } from '../booking.ts'
import type { RowFacts } from '../coarse-index.ts'

/** The longest vector a row can hold. */
const MAX_DIMENSION = 4096

/** Codes come in blocks of this many. */
const BLOCK = 16

/** Bytes of a record after its codes. */
const TAIL_BYTES = 32

/**
 * One row is one record of fixed size, little endian, the same bytes in memory, snapshot and journal: the codes
 * (int8, those past the dimension zero), then the tail. A removed row is zero in every byte but its seq.
 */
export interface RowLayout {
  /** Numbers of a vector. */
  readonly dimension: number
  /** The dimension rounded up to 16. */
  readonly codeBytes: number
  /** Codes and tail; a multiple of 16. */
  readonly rowBytes: number
}

/** Where the parts of the tail lie, in bytes from where the codes end. Two bytes before the seq are zero. */
export const TAIL = {
  /** float32, what a code counts for. */
  scale: 0,
  /** float32, length of what the codes leave out, rounded up. */
  residual: 4,
  /** int32, sum of the codes. */
  sum: 8,
  /** uint16. */
  source: 12,
  /** uint16, 0 for none. */
  birthYear: 14,
  /** int32, days since 1970-01-01. */
  bookedDay: 16,
  /** uint8, place in `SEX_CODES`. */
  sex: 20,
  /** uint8, of `ROW_LIVE` and `ROW_SEALED`. */
  flags: 21,
  /** float64. */
  seq: 24,
} as const

export const ROW_LIVE = 1
export const ROW_SEALED = 2

/** A sex as recorded is kept as its place here. */
export const SEX_CODES = ['U', 'F', 'M', 'X'] as const satisfies readonly Sex[]

const DAY_MS = 86_400_000

/** @throws RangeError unless the dimension is a whole number from 1 to 4096. */
export function rowLayout(dimension: number): RowLayout {
  if (!Number.isInteger(dimension) || dimension < 1 || dimension > MAX_DIMENSION) {
    throw new RangeError(`A row holds 1 to ${MAX_DIMENSION} numbers, not ${dimension}.`)
  }
  const codeBytes = Math.ceil(dimension / BLOCK) * BLOCK
  return { dimension, codeBytes, rowBytes: codeBytes + TAIL_BYTES }
}

/**
 * Writes what filters look at, the row being live.
 * @param tail where the codes of the record end
 * @throws RangeError when a fact does not fit, before anything is written: a filter must never lose a row to a number
 * cut short.
 */
export function writeFacts(view: DataView, tail: number, facts: RowFacts): void {
  const day = dayNumber(facts.bookedAt)
  const birthYear = facts.birthYear ?? 0
  if (!isShort(facts.source)) throw new RangeError(`A row cannot be of source ${facts.source}.`)
  if (!isShort(birthYear)) throw new RangeError(`A row cannot have the birth year ${birthYear}.`)
  view.setUint16(tail + TAIL.source, facts.source, true)
  view.setUint16(tail + TAIL.birthYear, birthYear, true)
  view.setInt32(tail + TAIL.bookedDay, day, true)
  view.setUint8(tail + TAIL.sex, SEX_CODES.indexOf(facts.sex))
  view.setUint8(tail + TAIL.flags, ROW_LIVE | (facts.sealed ? ROW_SEALED : 0))
}

/** The facts of a live row. */
export function readFacts(view: DataView, tail: number): RowFacts {
  return {
    source: view.getUint16(tail + TAIL.source, true),
    bookedAt: new Date(view.getInt32(tail + TAIL.bookedDay, true) * DAY_MS).toISOString().slice(0, 10),
    birthYear: view.getUint16(tail + TAIL.birthYear, true) || null,
    sex: SEX_CODES[view.getUint8(tail + TAIL.sex)] ?? 'U',
    sealed: (view.getUint8(tail + TAIL.flags) & ROW_SEALED) !== 0,
  }
}

/** Days since 1970-01-01 of an ISO day. @throws RangeError when it is none */
export function dayNumber(day: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(time)) throw new RangeError(`${day} is not a day.`)
  return time / DAY_MS
}

function isShort(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff
}
