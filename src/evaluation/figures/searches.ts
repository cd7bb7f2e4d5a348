/**
 * What the figures are made of. A search has one probe; its mate is the enrolled person the probe
 * shows. Definitions: NIST FRTE 1:N and ISO/IEC 19795-1. Scores are similarities, higher is closer
 * (cosine, -1 to 1); a candidate at a threshold counts (score >= threshold).
 */
export type GroupAxis = 'sex' | 'ageBand' | 'race' | 'skin'

/** In the order in which a report shows them. */
export const GROUP_AXES: readonly GroupAxis[] = ['sex', 'ageBand', 'race', 'skin']

/** Sex, age band and race as the source recorded them; skin as measured on the image. */
export type Groups = Readonly<Partial<Record<GroupAxis, string>>>

/** A search whose person is enrolled. */
export interface MatedSearch {
  readonly probe: string
  /** The person the probe shows; the unit of every clustered interval. */
  readonly subject: string
  /** No template could be made of the probe (failure to extract): counts as a miss. */
  readonly failed: boolean
  /** Place of the mate, from 1, on a list of length L; null when it is not on the list. */
  readonly mateRank: number | null
  /** Similarity score of the mate; null when it is not on the list. */
  readonly mateScore: number | null
  /** Scores of the non-mates on the list, descending. */
  readonly strangers: readonly number[]
  readonly groups: Groups
}

/** A search whose person is not enrolled. */
export interface NonMatedSearch {
  readonly probe: string
  readonly subject: string
  /** No template could be made of the probe: counts as an empty list. */
  readonly failed: boolean
  /** Scores on the list, descending, at most L. */
  readonly scores: readonly number[]
  readonly groups: Groups
}

/** Two images compared, one against one. */
export interface Comparison {
  /** Person on the one image. */
  readonly one: string
  /** Person on the other image. */
  readonly other: string
  readonly score: number
  /** True when both images show the same person. */
  readonly genuine: boolean
}

/** Score of the mate, when it is on the list; null for a miss at every rank and for a failure. */
export function listedMateScore(search: MatedSearch): number | null {
  return search.failed || search.mateRank === null ? null : search.mateScore
}

/** Highest score on a non-mated list; null when it is empty or the probe failed. */
export function highestScore(search: NonMatedSearch): number | null {
  return search.failed ? null : (search.scores[0] ?? null)
}

/** Trials of the same person together: the clusters of the bootstrap. */
export function bySubject<T extends { readonly subject: string }>(
  trials: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(trials, (trial) => trial.subject)
}

/** Genuine and impostor scores apart, in the order given. */
export function splitComparisons(comparisons: readonly Comparison[]): {
  readonly genuine: Float64Array
  readonly impostor: Float64Array
} {
  const scoresWhere = (genuine: boolean) =>
    Float64Array.from(comparisons.filter((one) => one.genuine === genuine).map((one) => one.score))
  return { genuine: scoresWhere(true), impostor: scoresWhere(false) }
}
