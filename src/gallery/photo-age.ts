/**
 * Full years between the day a photograph was taken and a later day, as birthdays are counted; 0 when `at` is earlier.
 * @param capturedAt ISO day
 * @param at ISO day or time
 */
export function photoAgeYears(capturedAt: string, at: string): number {
  const years = Number(at.slice(0, 4)) - Number(capturedAt.slice(0, 4))
  const reached = at.slice(5, 10) >= capturedAt.slice(5, 10)
  return Math.max(0, reached ? years : years - 1)
}
