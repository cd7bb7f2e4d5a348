/** What a part of the bench is given. */
export interface PartOptions {
  /** Small galleries and few probes: to see that everything works, not to publish. */
  readonly quick: boolean
  /** Of the generated galleries of this run. */
  readonly folder: string
}
