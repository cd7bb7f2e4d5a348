import type { Sex } from './booking.ts'

/**
 * Which photographs a search compares: every part that is given must hold. What a booking leaves open (sex not
 * recorded, no birth year) never keeps it out, so that a filter cannot lose a person for want of an entry.
 */
export interface GalleryFilter {
  /** Ids of the sources to search; null for every one. */
  readonly sources: readonly string[] | null
  /** ISO days of booking, inclusive. */
  readonly bookedFrom: string | null
  readonly bookedTo: string | null
  /** Sex as recorded at booking; null for every entry. */
  readonly sexes: readonly Sex[] | null
  /** Birth years, inclusive. */
  readonly bornFrom: number | null
  readonly bornTo: number | null
}

/** Compares everything that is not sealed. */
export const NO_FILTER: GalleryFilter = {
  sources: null,
  bookedFrom: null,
  bookedTo: null,
  sexes: null,
  bornFrom: null,
  bornTo: null,
}
