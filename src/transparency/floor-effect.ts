import type { CardFigures } from './card-figures.ts'

/** What a similarity floor does in the measured gallery; 0 to 1, each the less favourable of its two neighbours. */
export interface FloorEffect {
  /** Missed mates among searches of people who are enrolled. */
  readonly fnir: number
  /** Searches of people who are not enrolled that list somebody; null when the floor lies below every measured score. */
  readonly fpir: number | null
}

/** Read off the measured curve, never between its points; null without a curve, or with a floor above all of it. */
export function floorEffect({ det }: Pick<CardFigures, 'det'>, similarityFloor: number): FloorEffect | null {
  const above = det.find(({ threshold }) => threshold >= similarityFloor)
  if (above === undefined) return null
  const below = det.findLast(({ threshold }) => threshold <= similarityFloor)
  return { fnir: above.fnir, fpir: below?.fpir ?? null }
}
