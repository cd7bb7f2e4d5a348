import type { IndexFilter, RowFacts } from './coarse-index.ts'

/** Whether a photograph is compared: the rule that every index follows. What is not recorded keeps nobody out. */
export function passesFilter(filter: IndexFilter, facts: RowFacts): boolean {
  if (facts.sealed) return false
  if (filter.sources !== null && !filter.sources.includes(facts.source)) return false
  if (filter.bookedFrom !== null && facts.bookedAt < filter.bookedFrom) return false
  if (filter.bookedTo !== null && facts.bookedAt > filter.bookedTo) return false
  if (filter.sexes !== null && facts.sex !== 'U' && !filter.sexes.includes(facts.sex)) return false
  return facts.birthYear === null || isBornWithin(filter, facts.birthYear)
}

function isBornWithin({ bornFrom, bornTo }: IndexFilter, year: number): boolean {
  return (bornFrom === null || year >= bornFrom) && (bornTo === null || year <= bornTo)
}
