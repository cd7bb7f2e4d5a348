/** All searches of an agency are stopped until it is lifted. */
export interface Moratorium {
  readonly id: string
  readonly agency: string
  /** Meant for the public. */
  readonly reason: string
  readonly startedAt: string
  /** Account id. */
  readonly startedBy: string
  readonly startedByName: string
}
