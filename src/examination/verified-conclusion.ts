import type { Examination, ExaminationOutcome, Settlement } from './examination.ts'
import type { Conclusion } from './vocabulary.ts'

const makerKey = Symbol('examination')

/**
 * A conclusion that at least two examiners signed independently. Only this room can make one:
 * a look-alike has no brand, so it neither compiles nor passes `isVerifiedConclusion`.
 */
export class VerifiedConclusion {
  readonly #signed = true
  readonly request: string
  readonly agency: string
  readonly conclusion: Conclusion
  /** The candidate the examiners named; null unless the conclusion is `investigative_lead`. */
  readonly candidate: string | null
  readonly settledBy: Settlement
  readonly resolvedAt: string
  /** The examinations that share the conclusion, in order. */
  readonly examinations: readonly string[]
  /** Accounts of those who share it, in the same order. */
  readonly examiners: readonly string[]

  constructor(key: symbol, outcome: ExaminationOutcome, shared: readonly Examination[]) {
    const [first] = shared
    if (key !== makerKey || first === undefined || new Set(shared.map((one) => one.examiner)).size < 2) {
      throw new TypeError('A verified conclusion comes from the examination of two people alone.')
    }
    this.request = outcome.request
    this.agency = first.agency
    this.conclusion = outcome.conclusion
    this.candidate = outcome.candidate
    this.settledBy = outcome.settledBy
    this.resolvedAt = outcome.resolvedAt
    this.examinations = shared.map((one) => one.id)
    this.examiners = shared.map((one) => one.examiner)
    Object.freeze(this)
  }

  static isGenuine(value: unknown): value is VerifiedConclusion {
    return typeof value === 'object' && value !== null && #signed in value && value.#signed
  }
}

export function makeVerifiedConclusion(
  outcome: ExaminationOutcome,
  shared: readonly Examination[],
): VerifiedConclusion {
  return new VerifiedConclusion(makerKey, outcome, shared)
}

/** True for a value this room made; false for any object that only looks like one. */
export function isVerifiedConclusion(value: unknown): value is VerifiedConclusion {
  return VerifiedConclusion.isGenuine(value)
}
