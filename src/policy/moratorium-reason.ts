import { done, type Outcome, refuse } from '../base/index.ts'

export type ReasonCode = 'reason_missing' | 'text_too_long'

const LONGEST = 1000

/** A moratorium is started and lifted for a stated reason, which is meant for the public. */
export function moratoriumReason(text: string): Outcome<string, ReasonCode> {
  const reason = text
    .toWellFormed()
    .replaceAll('\u0000', '')
    .replace(/\p{Cf}/gu, '')
    .trim()
  const detail = { where: 'reason' }
  if (reason === '') return refuse('reason_missing', 'A reason is needed.', 'Say why, for the public.', detail)
  if (reason.length <= LONGEST) return done(reason)
  const message = `The reason has ${reason.length} characters; at most ${LONGEST} are kept.`
  return refuse('text_too_long', message, 'Shorten it.', detail)
}
