import type { Settlement, Signature } from './examination.ts'
import type { Conclusion } from './vocabulary.ts'

export type SettlementState = 'awaiting_second' | 'agreed' | 'unresolved' | 'resolved'

export interface Settled {
  readonly state: SettlementState
  /** Null until the examination has ended. */
  readonly outcome: {
    readonly conclusion: Conclusion
    readonly candidate: string | null
    readonly settledBy: Settlement
  } | null
}

type Signed = Pick<Signature, 'conclusion' | 'leadCandidate'>

/**
 * What the signatures of one request, by order, add up to: two that share conclusion and candidate
 * end it; two that differ wait for a third; three that all differ end it as inconclusive.
 */
export function settle(signatures: readonly Signed[]): Settled {
  const [first, second, third] = signatures
  if (first === undefined || second === undefined) return { state: 'awaiting_second', outcome: null }
  if (agree(first, second)) return { state: 'agreed', outcome: outcomeOfSigned(first, 'agreement') }
  if (third === undefined) return { state: 'unresolved', outcome: null }
  const shared = [first, second].find((one) => agree(one, third))
  if (shared !== undefined) return { state: 'resolved', outcome: outcomeOfSigned(shared, 'majority') }
  return { state: 'resolved', outcome: { conclusion: 'inconclusive', candidate: null, settledBy: 'none' } }
}

/** The same conclusion about the same candidate. */
export function agree(one: Signed, other: Signed): boolean {
  return one.conclusion === other.conclusion && one.leadCandidate === other.leadCandidate
}

function outcomeOfSigned(signed: Signed, settledBy: Settlement): Settled['outcome'] {
  return { conclusion: signed.conclusion, candidate: signed.leadCandidate, settledBy }
}
