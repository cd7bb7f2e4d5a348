/** What a fact may be, and how TypeScript sees it. Nothing else can be written to the log. */
export interface FactValues {
  /** One word of a closed or dotted vocabulary, a version, a number plate of ours: 1 to 200 characters, one line. */
  readonly code: string
  /** The id of a record: 1 to 200 characters without spaces. */
  readonly id: string
  /** SHA-256, 64 lower-case hex digits. */
  readonly digest: string
  /** What a person typed and policy may judge; it may be empty; at most 2,000 characters. */
  readonly text: string
  /** A whole number, 0 or more. */
  readonly count: number
  /** Any finite number. */
  readonly number: number
  readonly flag: boolean
  /** A UTC date or date and time in ISO 8601. */
  readonly time: string
  /** Codes or ids, at most 500. */
  readonly list: readonly string[]
}

export type FactKind = keyof FactValues

/** `code` must be there, `code?` may be left out. */
export type FactSpec = FactKind | `${FactKind}?`

/** One act of the registry: data only. */
export interface ActKind {
  /** What `about` names; null when the act is about no record. */
  readonly about: string | null
  /** For people. `{actor}`, `{about}`, `{agency}` and `{<fact>}` are filled in. */
  readonly sentence: string
  readonly facts: Readonly<Record<string, FactSpec>>
  /** What a reader of a published log learns about a person. */
  readonly privacy: string
}

/** Privacy notes that several acts share. */
export const NAMES_NOBODY = 'Names nobody.'
export const STAFF_ONLY = 'Opaque ids of staff accounts; nothing about a person in a photograph.'
export const OPAQUE_RECORDS = 'Opaque ids and digests; the person and the photograph cannot be found from them.'
