/** A police agency of the county. */
export interface Agency {
  readonly id: string
  /** The FBI's Originating Agency Identifier: two letters, then seven letters or digits. */
  readonly ori: string
  readonly name: string
  /** Source of a regular expression that a whole case number must fit. */
  readonly caseNumberPattern: string
  /** A case number that fits, shown to people as the example. */
  readonly caseNumberExample: string
}

export function isOri(text: string): boolean {
  return /^[A-Z]{2}[A-Z0-9]{7}$/.test(text)
}

/** The pattern as a whole-text expression, or null when it is not a regular expression. */
export function caseNumberExpression(pattern: string): RegExp | null {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u')
  } catch {
    return null
  }
}
