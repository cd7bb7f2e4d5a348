import { describe, expect, it } from 'vitest'
import { photoAgeYears } from './photo-age.ts'

describe('photoAgeYears', () => {
  it.each([
    ['2020-05-31', '2024-05-30', 3],
    ['2020-05-31', '2024-05-31', 4],
    ['2020-05-31', '2024-06-01T00:00:00.00Z', 4],
    ['2020-02-29', '2021-02-28', 0],
    ['2020-02-29', '2021-03-01', 1],
    ['2024-05-31', '2024-05-31', 0],
    ['2025-01-01', '2024-05-31', 0],
  ])('from %s to %s are %i full years', (captured, at, years) => {
    expect(photoAgeYears(captured, at)).toBe(years)
  })
})
