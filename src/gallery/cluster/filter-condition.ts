import type { IndexFilter } from '../coarse-index.ts'

/**
 * A filter as a condition in SQL; sealed rows never pass. What a booking leaves open passes every filter.
 * @throws RangeError for a day that is no ISO day or a number that is no whole number: nothing else gets into a statement
 */
export function filterCondition(filter: IndexFilter): string {
  const parts = ['sealed = 0']
  if (filter.sources !== null) parts.push(oneOf('source', filter.sources.map(whole)))
  if (filter.bookedFrom !== null) parts.push(`booked_at >= toDate32('${isoDay(filter.bookedFrom)}')`)
  if (filter.bookedTo !== null) parts.push(`booked_at <= toDate32('${isoDay(filter.bookedTo)}')`)
  if (filter.sexes !== null) parts.push(oneOf('sex', ['U', ...filter.sexes].map(sexName)))
  if (filter.bornFrom !== null) parts.push(`(birth_year = 0 OR birth_year >= ${whole(filter.bornFrom)})`)
  if (filter.bornTo !== null) parts.push(`(birth_year = 0 OR birth_year <= ${whole(filter.bornTo)})`)
  return parts.join(' AND ')
}

function oneOf(column: string, values: readonly string[]): string {
  return values.length === 0 ? '0' : `${column} IN (${values.join(', ')})`
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number.`)
  return String(value)
}

function sexName(value: string): string {
  if (!/^[UFMX]$/.test(value)) throw new RangeError('A sex is one of U, F, M and X.')
  return `'${value}'`
}

/** @throws RangeError unless it is written as an ISO day */
export function isoDay(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new RangeError('A day is written as in 2024-05-31.')
  return value
}
