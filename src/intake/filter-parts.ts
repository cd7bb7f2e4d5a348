import type { FieldReader } from './field-reader.ts'
import type { CodeLabel } from './vocabulary.ts'

/** Nobody older is asked for. */
export const OLDEST = 120

const DAY_MS = 24 * 60 * 60 * 1000

/** An ISO day that is not ahead of today; the local date may be a day ahead of UTC. */
export function dayOrNull(read: FieldReader, where: string, value: unknown, now: Date): string | null {
  if (isLeftOut(value)) return null
  if (typeof value !== 'string' || !isDay(value)) {
    read.fault('date_unusable', where, `The field ${where} is not a day.`, 'Write it as 2026-11-22.')
    return null
  }
  if (Date.parse(value) <= now.getTime() + DAY_MS) return value
  read.fault('date_in_future', where, `The field ${where} lies in the future.`, 'Correct the day.')
  return null
}

/** Whole years from 0 to 120. */
export function ageOrNull(read: FieldReader, where: string, value: unknown): number | null {
  if (isLeftOut(value)) return null
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= OLDEST) return value
  const message = `The field ${where} is an age in whole years from 0 to ${OLDEST}.`
  read.fault('age_out_of_range', where, message, 'Choose such an age, or leave it out.')
  return null
}

/** Members of the list in its order, each once; null for none. */
export function codesOrNull<C extends string>(
  read: FieldReader,
  where: string,
  list: readonly CodeLabel<C>[],
  value: unknown,
): readonly C[] | null {
  const chosen = listOf(read, where, value).map((one) => read.code(where, list, one))
  return chosen.length === 0 ? null : list.map(({ code }) => code).filter((code) => chosen.includes(code))
}

/** Ids, sorted, each once; null for none. */
export function idsOrNull(read: FieldReader, where: string, value: unknown): readonly string[] | null {
  const ids = listOf(read, where, value).map((one) => read.text(where, one, 80))
  return ids.length === 0 ? null : [...new Set(ids)].sort()
}

/** Notes a fault when the second comes before the first. */
export function inOrder<T extends string | number>(read: FieldReader, where: string, from: T | null, to: T | null) {
  if (from === null || to === null || from <= to) return
  read.fault('range_reversed', where, `The field ${where} ends before it begins.`, 'Exchange the two, or correct them.')
}

function listOf(read: FieldReader, where: string, value: unknown): readonly unknown[] {
  if (isLeftOut(value)) return []
  if (Array.isArray(value)) return value
  read.fault('unknown_value', where, `The field ${where} is not a list.`, 'Send a list, or leave it out.')
  return []
}

function isLeftOut(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === ''
}

/** `new Date` turns 31 February into March; that is no day. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
