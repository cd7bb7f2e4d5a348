import type { JsonValue } from '../base/index.ts'
import type { GalleryFilter } from '../gallery/index.ts'

/** Everything a decision rests on, and nothing else. Texts that people wrote freely stay in the request. */
export interface Facts {
  readonly at: string
  readonly actor: {
    readonly account: string
    readonly agency: string
    readonly ori: string
    /** Sorted. */
    readonly roles: readonly string[]
  }
  readonly certificate: { readonly id: string; readonly track: string; readonly expiresAt: string } | null
  readonly agency: { readonly caseNumberPattern: string; readonly caseNumberExample: string }
  readonly request: {
    readonly id: string
    readonly caseNumber: string
    readonly caseNumberWellFormed: boolean
    readonly crimeCode: string
    readonly crimeKnown: boolean
    readonly purpose: string
    readonly predicate: string
    /** Characters of the narrative. */
    readonly narrativeLength: number
    readonly beneficiaryOri: string
    readonly probe: string
    readonly faceIndex: number
    readonly probeSource: string
    readonly acquisitionBasis: string
    readonly attested: boolean
    readonly depicts: string
    readonly conflictDeclared: boolean
    readonly limit: number
    /** What the search is narrowed to, as a gallery is asked: lists are sorted. */
    readonly filter: GalleryFilter
  }
  readonly gallery: {
    readonly id: string
    /** Classes of every source in it that the agency may search; sorted. */
    readonly classes: readonly string[]
  }
  /** Id of the moratorium in force. */
  readonly moratorium: string | null
}

/** Facts are plain JSON: the type says so, without an index signature in the record itself. */
export function factsJson(facts: Facts): JsonValue {
  return facts as unknown as JsonValue
}

/** Words that the sentences of directives may fill in. */
export function factWords(facts: Facts): Readonly<Record<string, string>> {
  return {
    caseNumber: facts.request.caseNumber,
    caseNumberExample: facts.agency.caseNumberExample,
    crimeCode: facts.request.crimeCode,
    beneficiaryOri: facts.request.beneficiaryOri || 'nobody',
    ori: facts.actor.ori,
  }
}
