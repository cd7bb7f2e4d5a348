import { type GalleryFilter, NO_FILTER } from '../gallery/index.ts'
import type { RecordedSex } from './vocabulary.ts'

/** What a request narrows its search to: each part as it was asked, null where nothing was. */
export interface RequestFilter {
  /** Ids, sorted. */
  readonly sources: readonly string[] | null
  /** ISO days of booking, inclusive. */
  readonly bookedFrom: string | null
  readonly bookedTo: string | null
  readonly sexes: readonly RecordedSex[] | null
  /** Age in years on the day of filing (UTC), 0 to 120, inclusive. */
  readonly ageFrom: number | null
  readonly ageTo: number | null
  /** The birth years that the ages became, inclusive. */
  readonly bornFrom: number | null
  readonly bornTo: number | null
}

/** What a form sends; any other field is refused. */
export interface RequestFilterInput {
  readonly sources?: readonly string[] | null | undefined
  readonly bookedFrom?: string | null | undefined
  readonly bookedTo?: string | null | undefined
  readonly sexes?: readonly string[] | null | undefined
  readonly ageFrom?: number | null | undefined
  readonly ageTo?: number | null | undefined
}

/**
 * The birth years of people who are `ageFrom` to `ageTo` years old on a day of `year`: whoever has the birthday still
 * ahead was born a year earlier, so that nobody of that age is left out.
 */
export function birthYears(ageFrom: number | null, ageTo: number | null, year: number) {
  return { bornFrom: ageTo === null ? null : year - ageTo - 1, bornTo: ageFrom === null ? null : year - ageFrom }
}

/** What a gallery is asked to compare. */
export function galleryFilter(filter: RequestFilter | null): GalleryFilter {
  if (filter === null) return NO_FILTER
  const { sources, bookedFrom, bookedTo, sexes, bornFrom, bornTo } = filter
  return { sources, bookedFrom, bookedTo, sexes, bornFrom, bornTo }
}
