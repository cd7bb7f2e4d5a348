import { done, type Outcome, refuse } from '../base/index.ts'

/** Characters an examiner may write in each field. */
export const TEXT_LIMITS = { note: 2000, limitations: 2000, justification: 4000 } as const

/** Trimmed; null when nothing was written. */
export function checkText(
  field: keyof typeof TEXT_LIMITS,
  text: string | undefined,
): Outcome<string | null, 'text_too_long'> {
  const trimmed = (text ?? '').replaceAll('\u0000', '').trim()
  const limit = TEXT_LIMITS[field]
  if (trimmed.length > limit) {
    return refuse('text_too_long', `The ${field} is longer than ${limit} characters.`, 'Shorten it.', {
      where: field,
      facts: { limit, length: trimmed.length },
    })
  }
  return done(trimmed === '' ? null : trimmed)
}
