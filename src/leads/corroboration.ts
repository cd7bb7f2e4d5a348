/** Kinds of evidence that can stand beside a lead. */
export const CORROBORATION_TYPES = [
  { code: 'fingerprint', label: 'Fingerprint comparison' },
  { code: 'dna', label: 'DNA comparison' },
  { code: 'eyewitness_independent', label: 'Eyewitness who saw the event, asked without this lead' },
  { code: 'physical_evidence', label: 'Physical evidence' },
  { code: 'records', label: 'Records (phone, bank, travel, employment)' },
  { code: 'video_other', label: 'Other video' },
  { code: 'statement', label: 'Statement' },
  { code: 'other', label: 'Other evidence' },
] as const satisfies readonly { code: string; label: string }[]

export type CorroborationType = (typeof CORROBORATION_TYPES)[number]['code']

/** Evidence recorded beside a lead; never changed once written. */
export interface CorroborationRecord {
  readonly id: string
  readonly lead: string
  readonly agency: string
  readonly type: CorroborationType
  /** It would exist, and say the same, had there been no lead. */
  readonly independentOfLead: boolean
  /** It was found by following the lead (a line-up built from it, a witness shown the photograph). */
  readonly derivedFromLead: boolean
  readonly obtainedAt: string
  /** Where the evidence is kept, e.g. a laboratory or report number. */
  readonly reference: string
  readonly note: string | null
  readonly recordedBy: string
  readonly recordedAt: string
}

const makerKey = Symbol('arrest gate')

/**
 * Evidence that stands on its own: independent of the lead and not derived from it. Only the arrest
 * gate makes one; a look-alike neither compiles nor passes `isIndependentCorroboration`.
 */
export class IndependentCorroboration {
  readonly #genuine = true
  readonly id: string
  readonly lead: string
  readonly agency: string

  constructor(key: symbol, record: CorroborationRecord) {
    if (key !== makerKey || !standsAlone(record)) {
      throw new TypeError('Only recorded evidence that is independent of the lead corroborates it.')
    }
    this.id = record.id
    this.lead = record.lead
    this.agency = record.agency
    Object.freeze(this)
  }

  static isGenuine(value: unknown): value is IndependentCorroboration {
    return typeof value === 'object' && value !== null && #genuine in value && value.#genuine
  }
}

export function makeIndependentCorroboration(record: CorroborationRecord): IndependentCorroboration {
  return new IndependentCorroboration(makerKey, record)
}

export function isIndependentCorroboration(value: unknown): value is IndependentCorroboration {
  return IndependentCorroboration.isGenuine(value)
}

export function standsAlone(record: Pick<CorroborationRecord, 'independentOfLead' | 'derivedFromLead'>): boolean {
  return record.independentOfLead && !record.derivedFromLead
}

export function isCorroborationType(text: string): text is CorroborationType {
  return CORROBORATION_TYPES.some((type) => type.code === text)
}
