import { type Problem, refuse, toStamp } from '../base/index.ts'
import { type CodeLabel, codeIn } from './vocabulary.ts'

/** Why a field cannot be used; `where` of the problem names the field. */
export type FieldCode =
  | 'text_unusable'
  | 'text_too_long'
  | 'unknown_value'
  | 'answer_missing'
  | 'date_unusable'
  | 'date_in_future'
  | 'limit_out_of_range'
  | 'no_such_face'
  | 'age_out_of_range'
  | 'range_reversed'
  | 'filter_unknown'

/** Reads field after field and remembers the first that cannot be used. */
export interface FieldReader {
  text(where: string, value: unknown, limit: number): string
  textOrNull(where: string, value: unknown, limit: number): string | null
  code<C extends string>(where: string, list: readonly CodeLabel<C>[], value: unknown): C
  yesNo(where: string, value: unknown): boolean
  /** A whole number from 1 to `largest`. */
  count(where: string, value: unknown, largest: number): number
  /** A whole number from 0. */
  place(where: string, value: unknown): number
  timeOrNull(where: string, value: unknown): string | null
  /** Notes a fault that is none of the above. */
  fault(code: FieldCode, where: string, message: string, remedy: string): void
  problem(): { readonly ok: false; readonly problem: Problem<FieldCode> } | null
}

const DAY_MS = 24 * 60 * 60 * 1000
/** A day, or a time with its zone. */
const TIME_FORM = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?$/

export function openFieldReader(now: Date): FieldReader {
  let first: ReturnType<FieldReader['problem']> = null
  const note: Note = (code, where, message, remedy) => {
    first ??= refuse(code, message, remedy, { where })
  }
  return {
    text: (where, value, limit) => readText(note, where, value, limit),
    textOrNull: (where, value, limit) => readText(note, where, value, limit) || null,
    code: (where, list, value) => readCode(note, where, list, value),
    yesNo: (where, value) => readYesNo(note, where, value),
    count: (where, value, largest) => readCount(note, where, value, largest),
    place: (where, value) => readPlace(note, where, value),
    timeOrNull: (where, value) => readTime(note, where, value, now),
    fault: note,
    problem: () => first,
  }
}

type Note = (code: FieldCode, where: string, message: string, remedy: string) => void

/** Without the invisible format characters that would make an empty text look filled in. */
function readText(note: Note, where: string, value: unknown, limit: number): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string' || !value.isWellFormed() || value.includes('\u0000')) {
    note('text_unusable', where, `The field ${where} holds characters that cannot be kept.`, 'Type the text again.')
    return ''
  }
  const text = value.replace(/[\p{Cf}]/gu, '').trim()
  if (text.length <= limit) return text
  const message = `The field ${where} has ${text.length} characters; at most ${limit} are kept.`
  note('text_too_long', where, message, 'Shorten the text.')
  return ''
}

function readCode<C extends string>(note: Note, where: string, list: readonly CodeLabel<C>[], value: unknown): C {
  const code = typeof value === 'string' ? codeIn(list, value) : null
  if (code !== null) return code
  const known = list.map((member) => member.code).join(', ')
  note('unknown_value', where, `The field ${where} has no known value.`, `Choose one of: ${known}.`)
  return (list[0] as CodeLabel<C>).code
}

function readYesNo(note: Note, where: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  note('answer_missing', where, `The field ${where} needs a yes or a no.`, 'Answer it.')
  return false
}

function readCount(note: Note, where: string, value: unknown, largest: number): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= largest) return Number(value)
  note(
    'limit_out_of_range',
    where,
    `The field ${where} is a whole number from 1 to ${largest}.`,
    'Choose such a number.',
  )
  return 1
}

function readPlace(note: Note, where: string, value: unknown): number {
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value)
  note('no_such_face', where, 'The chosen face is not one of those found.', 'Choose a face in the photograph.')
  return 0
}

function readTime(note: Note, where: string, value: unknown, now: Date): string | null {
  if (value === undefined || value === null || value === '') return null
  const at = typeof value === 'string' && TIME_FORM.test(value) ? new Date(value) : new Date(Number.NaN)
  if (Number.isNaN(at.getTime()) || !sameDay(String(value), at)) {
    note('date_unusable', where, `The field ${where} is not a date.`, 'Write it as 2026-11-22 or 2026-11-22T15:24:00Z.')
    return null
  }
  // A day's grace: a date without a time is midnight UTC, which may lie ahead of the local date.
  if (at.getTime() <= now.getTime() + DAY_MS) return toStamp(at)
  note('date_in_future', where, `The field ${where} lies in the future.`, 'Correct the date.')
  return null
}

/** `new Date` turns 31 February into March; that is a mistake to name, not to mend. */
function sameDay(text: string, at: Date): boolean {
  const day = text.slice(0, 10)
  return text.length > 10 ? !Number.isNaN(Date.parse(day)) && isDay(day) : at.toISOString().startsWith(day)
}

function isDay(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}
