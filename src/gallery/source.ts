/** The only class of source that can exist: photographs taken by a county jail at booking. A collected or bought one has no word here. */
export type SourceClass = 'county_booking'

export const SOURCE_CLASSES = ['county_booking'] as const satisfies readonly SourceClass[]

/** Where booking photographs come from, and by what right they are held. */
export interface Source {
  readonly id: string
  readonly name: string
  /** The statute, policy or agreement under which the photographs are held and compared. */
  readonly legalBasis: string
  readonly class: SourceClass
  readonly registeredAt: string
  /** Ids of the agencies that may search it, by name; null for every agency. */
  readonly agencies: readonly string[] | null
}

export interface SourceInput {
  readonly name: string
  readonly legalBasis: string
  readonly class: SourceClass
  /** ORIs of the agencies that may search it; every agency when absent. */
  readonly agencies?: readonly string[]
}

export type SourceCode =
  | 'role_required'
  | 'class_not_authorised'
  | 'source_name_missing'
  | 'legal_basis_missing'
  | 'text_too_long'
  | 'text_unusable'
  | 'source_exists'
  | 'agencies_missing'
  | 'agency_unknown'
