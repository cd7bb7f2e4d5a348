import type { FieldReader } from './field-reader.ts'
import { ageOrNull, codesOrNull, dayOrNull, idsOrNull, inOrder } from './filter-parts.ts'
import { birthYears, type RequestFilter, type RequestFilterInput } from './request-filter.ts'
import { RECORDED_SEXES } from './vocabulary.ts'

const FIELDS: readonly string[] = [
  'sources',
  'bookedFrom',
  'bookedTo',
  'sexes',
  'ageFrom',
  'ageTo',
] satisfies (keyof RequestFilterInput)[]

/** Reads what narrows a search; null when nothing does. A field that is no part of a filter is refused by name. */
export function readFilter(
  read: FieldReader,
  input: RequestFilterInput | null | undefined,
  now: Date,
): RequestFilter | null {
  if (input === undefined || input === null) return null
  refuseStrangers(read, input)
  const ageFrom = ageOrNull(read, 'filter.ageFrom', input.ageFrom)
  const ageTo = ageOrNull(read, 'filter.ageTo', input.ageTo)
  const filter = {
    sources: idsOrNull(read, 'filter.sources', input.sources),
    bookedFrom: dayOrNull(read, 'filter.bookedFrom', input.bookedFrom, now),
    bookedTo: dayOrNull(read, 'filter.bookedTo', input.bookedTo, now),
    sexes: codesOrNull(read, 'filter.sexes', RECORDED_SEXES, input.sexes),
    ...{ ageFrom, ageTo, ...birthYears(ageFrom, ageTo, now.getUTCFullYear()) },
  }
  inOrder(read, 'filter.bookedTo', filter.bookedFrom, filter.bookedTo)
  inOrder(read, 'filter.ageTo', ageFrom, ageTo)
  return Object.values(filter).every((part) => part === null) ? null : filter
}

function refuseStrangers(read: FieldReader, input: RequestFilterInput): void {
  const stranger = Object.keys(input).find((name) => !FIELDS.includes(name))
  if (stranger === undefined) return
  const message = 'The filter has a field that searches are not narrowed by.'
  read.fault('filter_unknown', 'filter', message, `Use only: ${FIELDS.join(', ')}.`)
}
