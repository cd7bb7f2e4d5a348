import type { RequestInput } from '../../api/types.ts'
import type { FieldTrouble } from '../../components/error-summary.tsx'
import { type Narrowing, NO_NARROWING, narrowingTroubles, toFilter } from './narrowing.ts'

/** The form as typed: every choice a text, empty until chosen. */
export interface Draft {
  readonly caseNumber: string
  readonly crimeCode: string
  readonly purpose: string
  readonly predicateLevel: string
  readonly narrative: string
  readonly beneficiaryOri: string
  readonly probeSource: string
  readonly acquisitionBasis: string
  readonly acquiredFrom: string
  readonly attested: boolean
  readonly depicts: string
  readonly conflict: '' | 'yes' | 'no'
  readonly conflictNote: string
  readonly limit: string
  readonly narrowing: Narrowing
}

export function emptyDraft(ownOri: string): Draft {
  return {
    caseNumber: '',
    crimeCode: '',
    purpose: '',
    predicateLevel: '',
    narrative: '',
    beneficiaryOri: ownOri,
    probeSource: '',
    acquisitionBasis: '',
    acquiredFrom: '',
    attested: false,
    depicts: '',
    conflict: '',
    conflictNote: '',
    limit: '20',
    narrowing: NO_NARROWING,
  }
}

const REQUIRED: readonly (readonly [keyof Draft, string])[] = [
  ['purpose', 'Choose the purpose of the search.'],
  ['predicateLevel', 'Choose what the search rests on.'],
  ['narrative', 'Say in a sentence or two what the search rests on.'],
  ['beneficiaryOri', 'Choose the agency the search is for.'],
  ['probeSource', 'Choose where the photograph comes from.'],
  ['acquisitionBasis', 'Choose on what basis the photograph was obtained.'],
  ['acquiredFrom', 'Say from whom the photograph was obtained.'],
  ['depicts', 'Choose who is depicted.'],
  ['conflict', 'Say whether you have a personal interest in the outcome.'],
]

/**
 * What stops the form from being sent, in the order of the page. A missing case number, crime type or attestation
 * does not: those are for policy to refuse, so that the refusal is on record. `today` is an ISO day.
 */
export function draftTroubles(draft: Draft, today = new Date().toISOString().slice(0, 10)): readonly FieldTrouble[] {
  const troubles: FieldTrouble[] = REQUIRED.filter(([field]) => String(draft[field]).trim() === '').map(
    ([field, sentence]) => ({
      field,
      sentence,
    }),
  )
  if (draft.conflict === 'yes' && draft.conflictNote.trim() === '') {
    troubles.push({ field: 'conflictNote', sentence: 'Say what the personal interest is.' })
  }
  if (!/^([1-9]|[1-4]\d|50)$/.test(draft.limit.trim())) {
    troubles.push({ field: 'limit', sentence: 'The list may hold 1 to 50 candidates.' })
  }
  return [...troubles, ...narrowingTroubles(draft.narrowing, today)]
}

/** The body the service takes. Only for a draft without troubles. */
export function toRequestInput(draft: Draft, probe: string, faceIndex: number): RequestInput {
  const note = draft.conflictNote.trim()
  const filter = toFilter(draft.narrowing)
  return {
    caseNumber: draft.caseNumber.trim(),
    crimeCode: draft.crimeCode,
    purpose: draft.purpose,
    predicate: { level: draft.predicateLevel, narrative: draft.narrative.trim() },
    beneficiaryOri: draft.beneficiaryOri,
    probe,
    faceIndex,
    probeSource: draft.probeSource,
    acquisition: { basis: draft.acquisitionBasis, from: draft.acquiredFrom.trim() },
    depicts: draft.depicts,
    attested: draft.attested,
    conflictDeclared: draft.conflict === 'yes',
    ...(draft.conflict === 'yes' && note !== '' ? { conflictNote: note } : {}),
    limit: Number(draft.limit),
    ...(filter === undefined ? {} : { filter }),
  }
}

/** A gentle word while typing; the service judges. An unusable pattern says nothing. */
export function caseNumberLooksWrong(caseNumber: string, pattern: string): boolean {
  if (caseNumber.trim() === '') return false
  try {
    return !new RegExp(pattern, 'u').test(caseNumber.trim())
  } catch {
    return false
  }
}
