import type { RequestInput } from '../../api/types.ts'
import type { FieldTrouble } from '../../components/error-summary.tsx'

/** What narrows the search, as typed; empty where nothing does. */
export interface Narrowing {
  /** Ids. */
  readonly sources: readonly string[]
  readonly bookedFrom: string
  readonly bookedTo: string
  readonly sexes: readonly string[]
  readonly ageFrom: string
  readonly ageTo: string
}

export const NO_NARROWING: Narrowing = {
  sources: [],
  bookedFrom: '',
  bookedTo: '',
  sexes: [],
  ageFrom: '',
  ageTo: '',
}

/** Adds a code to a list, or takes it away. */
export function toggled(list: readonly string[], code: string): readonly string[] {
  return list.includes(code) ? list.filter((one) => one !== code) : [...list, code]
}

/** How many of the four ways to narrow are used. */
export function partsUsed(narrowing: Narrowing): number {
  const { sources, bookedFrom, bookedTo, sexes, ageFrom, ageTo } = narrowing
  const used = [sources.length > 0, bookedFrom + bookedTo !== '', sexes.length > 0, (ageFrom + ageTo).trim() !== '']
  return used.filter(Boolean).length
}

/** What the form can tell by itself, in the order of the page. @param today ISO day */
export function narrowingTroubles(narrowing: Narrowing, today: string): readonly FieldTrouble[] {
  const { bookedFrom, bookedTo, ageFrom, ageTo } = narrowing
  const [from, to] = [ageFrom.trim(), ageTo.trim()]
  const checks: readonly (readonly [boolean, string, string])[] = [
    [bookedFrom > today, 'bookedFrom', 'The first day lies in the future.'],
    [bookedTo > today, 'bookedTo', 'The last day lies in the future.'],
    [bookedTo !== '' && bookedFrom > bookedTo, 'bookedTo', 'The last day comes before the first.'],
    [!isAge(from), 'ageFrom', AGE],
    [!isAge(to), 'ageTo', AGE],
    [from !== '' && to !== '' && Number(from) > Number(to), 'ageTo', 'The highest age is below the lowest.'],
  ]
  const found = checks.filter(([wrong]) => wrong).map(([, field, sentence]) => ({ field, sentence }))
  return found.filter(({ field }, at) => found.findIndex((one) => one.field === field) === at)
}

const AGE = 'An age is a whole number from 0 to 120.'

function isAge(text: string): boolean {
  return text === '' || (/^\d{1,3}$/.test(text) && Number(text) <= 120)
}

/** What the service takes; undefined when nothing is narrowed. Only for a narrowing without troubles. */
export function toFilter(narrowing: Narrowing): RequestInput['filter'] {
  if (partsUsed(narrowing) === 0) return undefined
  const { sources, bookedFrom, bookedTo, sexes, ageFrom, ageTo } = narrowing
  return {
    ...(sources.length === 0 ? {} : { sources: [...sources] }),
    ...(bookedFrom === '' ? {} : { bookedFrom }),
    ...(bookedTo === '' ? {} : { bookedTo }),
    ...(sexes.length === 0 ? {} : { sexes: [...sexes] }),
    ...(ageFrom.trim() === '' ? {} : { ageFrom: Number(ageFrom) }),
    ...(ageTo.trim() === '' ? {} : { ageTo: Number(ageTo) }),
  }
}
