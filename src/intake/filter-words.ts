import type { RequestFilter } from './request-filter.ts'
import { RECORDED_SEXES } from './vocabulary.ts'

const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })

/**
 * What a search was narrowed to, for people; null when it was not narrowed.
 * @param names of sources by id; one that is not there is shown by its id
 */
export function filterWords(filter: RequestFilter | null, names: ReadonlyMap<string, string>): string | null {
  if (filter === null) return null
  return [...sourceWords(filter, names), ...sexWords(filter), ...dayWords(filter), ...ageWords(filter)].join('; ')
}

function sourceWords({ sources }: RequestFilter, names: ReadonlyMap<string, string>): readonly string[] {
  return sources === null ? [] : [`photographs from ${orList(sources.map((id) => names.get(id) ?? id))}`]
}

function sexWords({ sexes }: RequestFilter): readonly string[] {
  if (sexes === null) return []
  const labels = RECORDED_SEXES.filter(({ code }) => sexes.includes(code)).map(({ label }) => label.toLowerCase())
  return [`sex recorded as ${orList(labels)}, or not recorded`]
}

function dayWords({ bookedFrom, bookedTo }: RequestFilter): readonly string[] {
  const [from, to] = [bookedFrom, bookedTo].map((day) => (day === null ? null : DAY.format(new Date(day))))
  if (from != null && to != null) return [from === to ? `booked on ${from}` : `booked from ${from} to ${to}`]
  if (from != null) return [`booked on or after ${from}`]
  return to != null ? [`booked on or before ${to}`] : []
}

function ageWords({ ageFrom, ageTo, bornFrom, bornTo }: RequestFilter): readonly string[] {
  if (ageFrom === null && ageTo === null) return []
  const ages = ageFrom === null ? `up to ${ageTo}` : ageTo === null ? `${ageFrom} or older` : `${ageFrom} to ${ageTo}`
  const years =
    bornFrom === null
      ? `in or before ${bornTo}`
      : bornTo === null
        ? `in or after ${bornFrom}`
        : `${bornFrom} to ${bornTo}`
  return [`aged ${ages} (born ${years}), or birth year not recorded`]
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
