import type { EntryPlace } from '../audit/index.ts'
import type { Clock, Ids } from '../base/index.ts'
import type { Store } from '../store/index.ts'

export interface LeadDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
}

/** A candidate two examiners could not exclude, passed on for investigation. Never an identification. */
export interface Lead {
  readonly id: string
  readonly request: string
  readonly agency: string
  readonly booking: string
  readonly candidate: string
  readonly issuedAt: string
  readonly issuedBy: string
  readonly disclaimerVersion: string
  /** `relied_on` once an arrest rests on it together with independent evidence. */
  readonly status: 'open' | 'relied_on'
  /** Where its `lead.issued` entry stands in the log; null while it waits for its place. */
  readonly log: EntryPlace | null
}

/** An arrest that rests on the lead together with that evidence. */
export interface Reliance {
  readonly id: string
  readonly lead: string
  readonly corroboration: string
  readonly recordedBy: string
  readonly recordedAt: string
}
