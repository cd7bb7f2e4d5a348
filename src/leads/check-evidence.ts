import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import { CORROBORATION_TYPES, type CorroborationRecord, isCorroborationType } from './corroboration.ts'

export type EvidenceCode = 'corroboration_type_unknown' | 'obtained_at_invalid' | 'reference_missing' | 'text_too_long'

export type CheckedEvidence = Pick<
  CorroborationRecord,
  'type' | 'independentOfLead' | 'derivedFromLead' | 'obtainedAt' | 'reference' | 'note'
>

export const EVIDENCE_TEXT_LIMITS = { reference: 200, note: 2000 } as const

/** What was written about a piece of evidence, read and trimmed. */
export function checkEvidence(
  input: {
    readonly type: string
    readonly independentOfLead: boolean
    readonly derivedFromLead: boolean
    readonly obtainedAt: string
    readonly reference: string
    readonly note?: string | undefined
  },
  now: Date,
): Outcome<CheckedEvidence, EvidenceCode> {
  const { type, independentOfLead, derivedFromLead } = input
  if (!isCorroborationType(type)) return TYPE_UNKNOWN
  const obtainedAt = readTime(input.obtainedAt)
  if (obtainedAt === null || obtainedAt > now) return OBTAINED_AT_INVALID
  const reference = clean(input.reference)
  if (reference === '') return REFERENCE_MISSING
  if (reference.length > EVIDENCE_TEXT_LIMITS.reference) return tooLong('reference', reference.length)
  const note = clean(input.note ?? '')
  if (note.length > EVIDENCE_TEXT_LIMITS.note) return tooLong('note', note.length)
  const evidence = { type, independentOfLead, derivedFromLead, reference, note: note === '' ? null : note }
  return done({ ...evidence, obtainedAt: toStamp(obtainedAt) })
}

/** An ISO day or an ISO time with its zone; null for anything else, such as 31 February. */
function readTime(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text)) return null
  const at = new Date(text)
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || Number.isNaN(day.getTime())) return null
  return day.toISOString().slice(0, 10) === text.slice(0, 10) ? at : null
}

function clean(text: string): string {
  return text.replaceAll('\u0000', '').trim()
}

function tooLong(field: keyof typeof EVIDENCE_TEXT_LIMITS, length: number): Outcome<never, 'text_too_long'> {
  const limit = EVIDENCE_TEXT_LIMITS[field]
  return refuse('text_too_long', `The ${field} is longer than ${limit} characters.`, 'Shorten it.', {
    where: field,
    facts: { limit, length },
  })
}

const TYPE_UNKNOWN = refuse(
  'corroboration_type_unknown',
  'There is no such kind of evidence.',
  'Choose one of those offered.',
  {
    where: 'type',
    facts: { known: CORROBORATION_TYPES.map((type) => type.code) },
  },
)

const OBTAINED_AT_INVALID = refuse(
  'obtained_at_invalid',
  'The day the evidence was obtained must be a real day that is not in the future.',
  'Write it as year, month and day, such as 2026-11-17.',
  { where: 'obtainedAt' },
)

const REFERENCE_MISSING = refuse(
  'reference_missing',
  'Evidence needs a reference by which somebody else can find it.',
  'Give the laboratory, report or property number.',
  { where: 'reference' },
)
