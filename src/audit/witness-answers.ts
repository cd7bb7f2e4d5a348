import type { WitnessAnswer } from './ask-witness.ts'

/**
 * What a witness's answer says against this log, as a sentence; null when nothing.
 * @param at the size it was asked about, and that of the newest checkpoint that was signed by the time it had answered:
 *   a witness may be ahead only because another server asked it meanwhile.
 */
export function refusalOf(
  name: string,
  answer: WitnessAnswer,
  { size, signed }: { readonly size: number; readonly signed: number },
): string | null {
  switch (answer.outcome) {
    case 'root_conflict':
      return `The witness ${name} was shown another log of ${size} entries under this log's key.`
    case 'witness_ahead':
      if (answer.size <= signed) return null
      return `The witness ${name} has cosigned ${answer.size} entries of this log, and only ${signed} were signed here.`
    case 'proof_refused':
      return `The witness ${name} does not find that the ${size} entries of this log continue what it cosigned before.`
    default:
      return null
  }
}

/** For the operator: that a witness gives no cosignature. Null where it will at the next round. */
export function sayAway(name: string, url: string, answer: WitnessAnswer): string | null {
  const why = reasonOf(answer)
  return why === null ? null : `The witness ${name} at ${url} does not cosign: ${why}`
}

function reasonOf(answer: WitnessAnswer): string | null {
  switch (answer.outcome) {
    case 'unreachable':
      return `it cannot be reached (${answer.reason}).`
    case 'witness_failed':
      return `it answers with trouble of its own (status ${answer.status}).`
    case 'answer_malformed':
      return `its answer is not that of the witness with this key (status ${answer.status}).`
    case 'log_unknown':
      return 'it does not serve this log; give it the verifier key of the log.'
    case 'signature_refused':
      return 'it knows this log by another key.'
    case 'request_refused':
      return 'it does not understand what it was asked.'
    default:
      return null
  }
}
