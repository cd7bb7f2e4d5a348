/** A code and what people read. */
export interface CodeLabel<C extends string = string> {
  readonly code: C
  readonly label: string
}

/** Commission policy of 12 January 2021: the three purposes a search may have. */
export const PURPOSES = [
  { code: 'investigate_crime', label: 'Investigate a crime' },
  { code: 'imminent_threat', label: 'Avert an imminent threat to life' },
  { code: 'person_unable', label: 'Name a person who cannot say who they are: incapacitated, deceased or at risk' },
] as const satisfies readonly CodeLabel[]

export const PREDICATES = [
  { code: 'reasonable_suspicion', label: 'Reasonable suspicion' },
  { code: 'probable_cause', label: 'Probable cause' },
  { code: 'emergency', label: 'Emergency' },
  { code: 'court_order', label: 'Court order' },
  { code: 'none', label: 'None' },
] as const satisfies readonly CodeLabel[]

export const PROBE_SOURCES = [
  { code: 'cctv', label: 'Fixed camera recording' },
  { code: 'body_camera', label: 'Body-worn camera' },
  { code: 'phone', label: 'Telephone photograph or video' },
  { code: 'social_media', label: 'Social media' },
  { code: 'document_photo', label: 'Photograph on a document' },
  { code: 'deceased', label: 'Photograph of a deceased person' },
  { code: 'other', label: 'Other' },
] as const satisfies readonly CodeLabel[]

/** The last two are offered so that an honest answer is recorded; policy refuses them. */
export const DEPICTS = [
  { code: 'person_sought', label: 'The person sought in this investigation' },
  { code: 'victim', label: 'A victim' },
  { code: 'witness', label: 'A witness' },
  { code: 'missing', label: 'A missing person' },
  { code: 'deceased', label: 'A deceased person' },
  { code: 'unable', label: 'A person who cannot say who they are' },
  { code: 'look_alike', label: 'Somebody else who looks like the person sought' },
  { code: 'artificial', label: 'A sketch, an artwork or a computer-made face' },
] as const satisfies readonly CodeLabel[]

export const ACQUISITION_BASES = [
  { code: 'consent', label: 'Given with consent' },
  { code: 'public_place_recording', label: 'Recorded in a public place' },
  { code: 'warrant_or_order', label: 'Warrant or court order' },
  { code: 'business_record', label: 'Record of a business' },
  { code: 'agency_recording', label: 'Recording of the agency itself' },
  { code: 'other', label: 'Other' },
] as const satisfies readonly CodeLabel[]

/** Sex as recorded at booking; a record without an entry is never left out. */
export const RECORDED_SEXES = [
  { code: 'F', label: 'Female' },
  { code: 'M', label: 'Male' },
  { code: 'X', label: 'Another entry' },
] as const satisfies readonly CodeLabel[]

export type Purpose = (typeof PURPOSES)[number]['code']
export type Predicate = (typeof PREDICATES)[number]['code']
export type ProbeSource = (typeof PROBE_SOURCES)[number]['code']
export type Depicts = (typeof DEPICTS)[number]['code']
export type AcquisitionBasis = (typeof ACQUISITION_BASES)[number]['code']
export type RecordedSex = (typeof RECORDED_SEXES)[number]['code']

/** The member of the list that the text names, or null. */
export function codeIn<C extends string>(list: readonly CodeLabel<C>[], text: string): C | null {
  return list.find((member) => member.code === text)?.code ?? null
}
