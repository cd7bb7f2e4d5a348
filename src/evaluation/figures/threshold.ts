import { fnir, fpir, NO_THRESHOLD, type Rate } from './error-rates.ts'
import { RULE_OF_THIRTY } from './intervals.ts'
import { highestScore, type MatedSearch, type NonMatedSearch } from './searches.ts'
import { allowedErrors, sortScores, thresholdAllowing } from './sorted-scores.ts'

export interface ThresholdOptions {
  /** People in the gallery that the searches were run against, 1 or more. */
  readonly enrolled: number
  /** People in the gallery that the threshold is for; the measured one unless told. */
  readonly forEnrolled?: number
}

/** A threshold with what is known of it. */
export interface OperatingThreshold {
  /** Lowest similarity score that keeps FPIR within the target; null without a non-mated candidate. */
  readonly threshold: number | null
  readonly targetFpir: number
  /** Gallery size of the measurement, people. */
  readonly measuredAt: number
  /** FPIR measured at the threshold, in the measured gallery. */
  readonly measured: Rate
  /** Gallery size the threshold is for, people. */
  readonly forEnrolled: number
  /** FPIR at `forEnrolled`, 0 to 1: measured, or carried over by independence. */
  readonly expected: { readonly fpir: number | null; readonly low: number; readonly high: number }
  /** True when `forEnrolled` is not the measured size: then `expected` was computed, not measured. */
  readonly extrapolated: boolean
  /** False when the target allows less than one error in these searches: the threshold is then a bound only. */
  readonly carried: boolean
  /** True when the target allows 30 errors or more in these searches. */
  readonly ruleOfThirty: boolean
  /** All of this for people. */
  readonly sentence: string
}

/** FPIR of a gallery of `enrolled` people when comparisons are independent: 1 - (1 - FMR)^N. */
export function fpirOfFmr(fmr: number, enrolled: number): number {
  return -Math.expm1(enrolled * Math.log1p(-fmr))
}

/** The FMR that gives this FPIR in a gallery of `enrolled` people: the inverse of `fpirOfFmr`. */
export function fmrOfFpir(fpirValue: number, enrolled: number): number {
  return -Math.expm1(Math.log1p(-fpirValue) / enrolled)
}

/** FPIR carried from one gallery size to another: 1 - (1 - FPIR)^(N' / N). */
export function rescaledFpir(fpirValue: number, from: number, to: number): number {
  return from === to ? fpirValue : fpirOfFmr(fmrOfFpir(fpirValue, from), to)
}

/**
 * The lowest threshold with FPIR(N,T) at or below the target. For another gallery size the target is
 * carried over by 1 - (1 - FMR)^N and the outcome is marked as extrapolated. No distribution is
 * fitted to the scores: where the searches end, the answer is a bound and says so.
 * @param targetFpir above 0, below 1
 */
export function thresholdForFpir(
  nonMated: readonly NonMatedSearch[],
  targetFpir: number,
  { enrolled, forEnrolled = enrolled }: ThresholdOptions,
): OperatingThreshold {
  if (!(targetFpir > 0 && targetFpir < 1)) throw new RangeError('A target FPIR lies above 0 and below 1.')
  if (!(enrolled >= 1 && forEnrolled >= 1)) throw new RangeError('A gallery has one person or more.')
  const highest = sortScores(nonMated.map(highestScore).filter((score) => score !== null))
  const allowed = allowedErrors(rescaledFpir(targetFpir, forEnrolled, enrolled), nonMated.length)
  const threshold = thresholdAllowing(highest, allowed)
  const measured = fpir(nonMated, threshold ?? NO_THRESHOLD)
  const carry = (rate: number): number => rescaledFpir(rate, enrolled, forEnrolled)
  const known = {
    threshold,
    targetFpir,
    measuredAt: enrolled,
    measured,
    forEnrolled,
    expected: {
      fpir: measured.rate === null ? null : carry(measured.rate),
      low: carry(measured.low),
      high: carry(measured.high),
    },
    extrapolated: forEnrolled !== enrolled,
    carried: threshold !== null && allowed >= 1,
    ruleOfThirty: threshold !== null && allowed >= RULE_OF_THIRTY,
  }
  return { ...known, sentence: sentenceOf(known) }
}

/** FNIR read at a FPIR, in the measured gallery. */
export interface FnirAtFpir {
  /** Null when no non-mated search brought a candidate: any threshold keeps the target. */
  readonly threshold: number | null
  readonly targetFpir: number
  /** Without trials when there is no non-mated search to set a threshold by. */
  readonly fnir: Rate
  /** FPIR measured at the threshold. */
  readonly fpir: Rate
  /** False when the target allows less than one error in these searches. */
  readonly carried: boolean
}

/** FNIR(N,L,T) at the lowest threshold whose FPIR does not exceed the target. */
export function fnirAtFpir(
  mated: readonly MatedSearch[],
  nonMated: readonly NonMatedSearch[],
  targetFpir: number,
): FnirAtFpir {
  const { threshold, measured, carried } = thresholdForFpir(nonMated, targetFpir, { enrolled: 1 })
  const missed = fnir(nonMated.length === 0 ? [] : mated, { threshold: threshold ?? NO_THRESHOLD })
  return { threshold, targetFpir, fnir: missed, fpir: measured, carried }
}

function sentenceOf(known: Omit<OperatingThreshold, 'sentence'>): string {
  const { threshold, measured, measuredAt, carried, ruleOfThirty } = known
  if (threshold === null) return 'No non-mated search brought a candidate, so no threshold can be stated.'
  const brought = `${measured.errors} of ${measured.trials} non-mated searches brought a candidate`
  const parts = [`At ${threshold.toFixed(4)}, ${brought} in a gallery of ${measuredAt}.`]
  if (known.extrapolated) parts.push(extrapolationOf(known))
  if (!carried) {
    const most = plain(known.expected.high)
    parts.push(
      `They are too few for a target of ${plain(known.targetFpir)}: they show only an FPIR of at most ${most}.`,
    )
  } else if (!ruleOfThirty) parts.push('It rests on fewer than 30 errors: repeat with more searches.')
  return parts.join(' ')
}

function extrapolationOf({ forEnrolled, expected, carried }: Omit<OperatingThreshold, 'sentence'>): string {
  const about = carried ? `about ${plain(expected.fpir ?? 0)}, ` : ''
  return (
    `For a gallery of ${forEnrolled} the FPIR is extrapolated, not measured: ${about}` +
    `at most ${plain(expected.high)}, if comparisons are independent.`
  )
}

/** Three significant digits. */
function plain(rate: number): string {
  return String(Number(rate.toPrecision(3)))
}
