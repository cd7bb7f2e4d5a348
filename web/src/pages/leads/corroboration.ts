import type { Corroboration, CorroborationBody } from '../../api/types.ts'
import type { FieldTrouble } from '../../components/error-summary.tsx'

/** Evidence carries an arrest only when it would exist without the lead. The service decides; this explains. */
export function standsAlone(one: Pick<Corroboration, 'independentOfLead' | 'derivedFromLead'>): boolean {
  return one.independentOfLead && !one.derivedFromLead
}

/** The calendar day that was typed; the service keeps it as midnight UTC, which is the day before in America. */
export function obtainedDay(one: Pick<Corroboration, 'obtainedAt'>): string {
  return one.obtainedAt.slice(0, 10)
}

export interface CorroborationDraft {
  readonly type: string
  readonly origin: '' | 'independent' | 'derived' | 'unclear'
  readonly obtainedAt: string
  readonly reference: string
  readonly note: string
}

export const EMPTY_CORROBORATION: CorroborationDraft = { type: '', origin: '', obtainedAt: '', reference: '', note: '' }

export const ORIGINS = [
  { code: 'independent', label: 'Without this lead: it would exist, and say the same, had there been no search' },
  { code: 'derived', label: 'By following this lead, such as a line-up built from it' },
  { code: 'unclear', label: 'It cannot be said for sure' },
] as const

/** @param today ISO day, such as 2026-11-22 */
export function corroborationTroubles(draft: CorroborationDraft, today: string): readonly FieldTrouble[] {
  const troubles: FieldTrouble[] = []
  if (draft.type === '') troubles.push({ field: 'evidenceType', sentence: 'Choose the kind of evidence.' })
  if (draft.origin === '') troubles.push({ field: 'evidenceOrigin', sentence: 'Say how the evidence was obtained.' })
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.obtainedAt)) {
    troubles.push({ field: 'evidenceDay', sentence: 'Give the day on which it was obtained.' })
  } else if (draft.obtainedAt > today) {
    troubles.push({ field: 'evidenceDay', sentence: 'The day lies in the future.' })
  }
  if (draft.reference.trim() === '')
    troubles.push({ field: 'evidenceReference', sentence: 'Give the reference under which it is kept.' })
  return troubles
}

export function toCorroboration(draft: CorroborationDraft): CorroborationBody {
  const note = draft.note.trim()
  return {
    type: draft.type,
    independentOfLead: draft.origin === 'independent',
    derivedFromLead: draft.origin === 'derived',
    obtainedAt: draft.obtainedAt,
    reference: draft.reference.trim(),
    ...(note === '' ? {} : { note }),
  }
}
