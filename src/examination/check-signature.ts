import { done, type Outcome, refuse } from '../base/index.ts'
import { checkText } from './check-text.ts'
import { CONCLUSIONS, type Conclusion, isConclusion } from './vocabulary.ts'

export type SignatureTextCode = 'conclusion_unknown' | 'justification_missing' | 'text_too_long'

/** What an examiner signs, read and trimmed. */
export interface SignatureText {
  readonly conclusion: Conclusion
  /** Opaque id, null for none. */
  readonly leadCandidate: string | null
  readonly limitations: string | null
  readonly justification: string
}

export function checkSignature(input: {
  readonly conclusion: string
  readonly leadCandidate?: string | undefined
  readonly limitations?: string | undefined
  readonly justification: string
}): Outcome<SignatureText, SignatureTextCode> {
  const { conclusion } = input
  if (!isConclusion(conclusion)) return CONCLUSION_UNKNOWN
  const limitations = checkText('limitations', input.limitations)
  if (!limitations.ok) return limitations
  const justification = checkText('justification', input.justification)
  if (!justification.ok) return justification
  if (justification.value === null) return JUSTIFICATION_MISSING
  return done({
    conclusion,
    leadCandidate: input.leadCandidate ?? null,
    limitations: limitations.value,
    justification: justification.value,
  })
}

const CONCLUSION_UNKNOWN = refuse(
  'conclusion_unknown',
  'There is no such conclusion.',
  'Choose one of those offered.',
  {
    where: 'conclusion',
    facts: { known: CONCLUSIONS.map((conclusion) => conclusion.code) },
  },
)

const JUSTIFICATION_MISSING = refuse(
  'justification_missing',
  'A conclusion is signed with its reason.',
  'Write what you saw and why the conclusion follows from it.',
  { where: 'justification' },
)
