import { countInterval, wilson } from './intervals.ts'
import { bySubject, listedMateScore, type MatedSearch, type NonMatedSearch } from './searches.ts'

/** A share of trials, 0 to 1, with its 95 % Wilson interval. */
export interface Rate {
  /** Trials that went wrong, also where the rate counts those that went right (TPIR, CMC, TAR). */
  readonly errors: number
  readonly trials: number
  /** errors / trials, or its complement where the definition says so; null without trials. */
  readonly rate: number | null
  readonly low: number
  readonly high: number
}

/** Which candidates count: the first `rank` of the list with `threshold` or above; all of them unless told. */
export interface Reading {
  readonly rank?: number
  readonly threshold?: number
}

export interface CmcPoint extends Rate {
  readonly rank: number
}

/** The T = 0 of NIST FRTE, where a person reads the whole list: no candidate is too dissimilar. */
export const NO_THRESHOLD: number = Number.NEGATIVE_INFINITY

/** errors / trials with its interval. */
export function rateOf(errors: number, trials: number): Rate {
  return { errors, trials, rate: trials === 0 ? null : errors / trials, ...wilson(errors, trials) }
}

/** 1 - rate, over the same trials and errors. */
export function complement(rate: Rate): Rate {
  const { errors, trials, low, high } = rate
  return {
    errors,
    trials,
    rate: rate.rate === null ? null : (trials - errors) / trials,
    low: 1 - high,
    high: 1 - low,
  }
}

/**
 * FNIR(N,R,T), false negative identification rate: share of mated searches whose mate is not among
 * the first R candidates with score T or above. A failure to extract is a miss. Without a reading:
 * R = L, no threshold (investigation mode). Source: NIST FRTE 1:N; ISO/IEC 19795-1.
 */
export function fnir(mated: readonly MatedSearch[], reading: Reading = {}): Rate {
  return rateOf(mated.filter((search) => isMiss(search, reading)).length, mated.length)
}

/** TPIR = 1 - FNIR, true positive identification rate. */
export function tpir(mated: readonly MatedSearch[], reading: Reading = {}): Rate {
  return complement(fnir(mated, reading))
}

/**
 * FPIR(N,T), false positive identification rate: share of non-mated searches that return at least one
 * candidate with score T or above. A failure to extract is an empty list. Source: NIST FRTE 1:N.
 */
export function fpir(nonMated: readonly NonMatedSearch[], threshold: number = NO_THRESHOLD): Rate {
  return rateOf(nonMated.filter((search) => innocents(search, threshold) > 0).length, nonMated.length)
}

/**
 * SEL(N,T), selectivity: mean number of candidates with score T or above per non-mated search, 0 to L:
 * how many innocent people an examiner is shown. `errors` are those candidates. Not a share, so the
 * interval is that of a mean count over people. Source: NIST FRTE 1:N.
 */
export function selectivity(nonMated: readonly NonMatedSearch[], threshold: number = NO_THRESHOLD): Rate {
  const counts = [...bySubject(nonMated).values()].map((searches) =>
    searches.reduce((total, search) => total + innocents(search, threshold), 0),
  )
  const [errors, trials] = [counts.reduce((total, count) => total + count, 0), nonMated.length]
  return { errors, trials, rate: trials === 0 ? null : errors / trials, ...countInterval(counts, trials) }
}

/** CMC(R) = 1 - FNIR(N,R,0), cumulative characteristic: share of mates among the first R, for each rank asked. */
export function cmc(mated: readonly MatedSearch[], ranks: readonly number[]): readonly CmcPoint[] {
  return ranks.map((rank) => ({ rank, ...tpir(mated, { rank }) }))
}

/** FTX, failure to extract: share of probes of which no template could be made. Source: NIST FRTE 1:N. */
export function failureToExtract(searches: readonly { readonly failed: boolean }[]): Rate {
  return rateOf(searches.filter((search) => search.failed).length, searches.length)
}

/** Whether the mate is not among the candidates that the reading counts. */
export function isMiss(search: MatedSearch, { rank, threshold = NO_THRESHOLD }: Reading = {}): boolean {
  const score = listedMateScore(search)
  if (score === null || search.mateRank === null) return true
  return search.mateRank > (rank ?? Number.POSITIVE_INFINITY) || !(score >= threshold)
}

/** Candidates of a non-mated search with the threshold or above: all of them innocent. */
function innocents(search: NonMatedSearch, threshold: number): number {
  return search.failed ? 0 : search.scores.filter((score) => score >= threshold).length
}
