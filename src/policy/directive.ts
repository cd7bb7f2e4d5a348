/** One rule of a pack, as data. Never edited once released: a new one supersedes it. */
export interface Directive {
  readonly id: string
  readonly title: string
  /** What the rule says, for people. */
  readonly text: string
  /** The rule as it is evaluated; its `@code` annotation is `code`. */
  readonly cedar: string
  /** Stable refusal code. */
  readonly code: string
  /** The finding when the rule refuses. `{name}` is filled in from the facts. */
  readonly sentence: string
  /** What to do about a refusal. `{name}` is filled in from the facts. */
  readonly remedy: string
  /** The finding when the rule is satisfied. */
  readonly satisfied: string
  /** Where the rule comes from. */
  readonly sources: readonly string[]
}

/** Directives that are in force together, in the order in which findings are told. */
export interface Pack {
  readonly id: string
  /** Cedar schema that every directive and every request is checked against. */
  readonly schema: string
  readonly directives: readonly Directive[]
}
