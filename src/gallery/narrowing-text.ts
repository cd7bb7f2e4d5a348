import type { GalleryFilter } from './gallery-filter.ts'

/**
 * What a filter asks besides its sources, in one canonical line for the log: days, sexes and birth years tell of
 * bookings, not of a person. `none` when it asks nothing.
 */
export function narrowingText(filter: GalleryFilter): string {
  const { bookedFrom, bookedTo, sexes, bornFrom, bornTo } = filter
  const parts = [
    ...(bookedFrom === null && bookedTo === null ? [] : [`booked ${span(bookedFrom, bookedTo)}`]),
    ...(sexes === null ? [] : [`sex ${[...new Set(sexes)].sort().join('/') || 'none'} or not recorded`]),
    ...(bornFrom === null && bornTo === null ? [] : [`born ${span(bornFrom, bornTo)} or not recorded`]),
  ]
  return parts.join('; ') || 'none'
}

function span(from: string | number | null, to: string | number | null): string {
  return `${from ?? ''}..${to ?? ''}`
}
