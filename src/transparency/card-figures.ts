/** A share of trials with its 95 % interval; `rate` is null without trials. */
export interface CardRate {
  readonly errors: number
  readonly trials: number
  readonly rate: number | null
  readonly low: number
  readonly high: number
}

export interface CardInterval {
  readonly low: number
  readonly high: number
}

/** What one threshold does in the measured gallery. */
export interface CardThreshold {
  /** 0 to 1. */
  readonly targetFpir: number
  /** Cosine; null when no threshold could be set. */
  readonly threshold: number | null
  readonly fpir: CardRate
  readonly fnir: CardRate
  /** With people, not searches, drawn again. */
  readonly fnirByPerson: CardInterval | null
  /** Innocent candidates per search of somebody who is not enrolled; may be above 1. */
  readonly selectivity: CardRate
  /** False: too few searches for this target, the threshold is a bound. */
  readonly carried: boolean
  readonly sentence: string
}

/** One error rate of one group; the rate is null where the group is too small, and `suppressed` says why. */
export interface CardCell {
  readonly people: number
  readonly trials: number
  readonly rate: CardRate | null
  readonly suppressed: string | null
}

export interface CardGroup {
  readonly group: string
  /** Missed mates (FNIR); null when no mated search is of this group. */
  readonly missed: CardCell | null
  /** Searches that list an innocent (FPIR); null when no non-mated search is of this group. */
  readonly listed: CardCell | null
}

/** How unequal one error rate is between the groups that are rated. */
export interface CardSpread {
  readonly groups: number
  readonly worst: string
  readonly best: string
  readonly maxMin: { readonly value: number | null; readonly low: number; readonly high: number | null }
  readonly maxMinusMin: number
  readonly gini: number
}

export interface CardAxis {
  readonly axis: string
  readonly rows: readonly CardGroup[]
  readonly missedSpread: CardSpread | null
  readonly listedSpread: CardSpread | null
}

/** FMR of one group: both people of a pair are of it. */
export interface CardGroupPairs extends CardCell {
  readonly group: string
}

/** Two different people of one group compared, at the threshold that FMR 0.1 % over everybody asks for. */
export interface CardGroupComparisons {
  readonly axis: string
  /** Cosine. */
  readonly threshold: number
  /** FMR of that threshold over pairs of everybody. */
  readonly everybody: CardRate
  /** All pairs within the groups; more than the rows count when a group was sampled evenly. */
  readonly pairs: number
  readonly rows: readonly CardGroupPairs[]
  readonly spread: CardSpread | null
}

export interface CardDiscard {
  readonly threshold: number
  readonly points: readonly {
    readonly fraction: number
    readonly leastQuality: number | null
    readonly rate: CardRate
  }[]
  readonly rankCorrelation: number | null
}

export interface CardCalibrationPoint extends CardInterval {
  /** Cosine. */
  readonly score: number
  readonly fmr: number
}

/** What an evaluation measured, as the model card states it: rates 0 to 1, scores as cosine. */
export interface CardFigures {
  readonly madeAt: string
  readonly set: {
    readonly name: string
    readonly digest: string
    readonly photographs: number
    readonly people: number
  }
  readonly protocol: {
    readonly sentence: string
    readonly faceRule: string
    readonly enrolled: number
    readonly matedSearches: number
    readonly nonMatedSearches: number
    readonly listLength: number
  }
  readonly failures: { readonly enrolment: CardRate; readonly extraction: CardRate }
  /** By rank; `rate` is the share of mates listed, `errors` are the misses. */
  readonly cmc: readonly (CardRate & { readonly rank: number })[]
  readonly rankOneMissByPerson: CardInterval | null
  readonly thresholds: readonly CardThreshold[]
  readonly det: readonly { readonly threshold: number; readonly fnir: number; readonly fpir: number }[]
  readonly verification: readonly {
    readonly targetFmr: number
    readonly threshold: number | null
    readonly tar: CardRate
    readonly firm: boolean
  }[]
  readonly calibration: {
    readonly points: readonly CardCalibrationPoint[]
    readonly impostorComparisons: number
    readonly floor: number
  }
  /** Threshold of the group tables; null when they are read at rank 1. */
  readonly groupThreshold: number | null
  readonly groups: readonly CardAxis[]
  /** Empty when nothing could be compared; null in a report made before this was measured. */
  readonly groupComparisons: readonly CardGroupComparisons[] | null
  readonly discard: CardDiscard | null
  readonly limits: readonly string[]
}
