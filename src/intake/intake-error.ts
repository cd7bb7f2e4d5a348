export type IntakeErrorCode = 'state_conflict'

/** The unexpected in intake; it ends the transaction it happens in. */
export class IntakeError extends Error {
  readonly code: IntakeErrorCode

  constructor(code: IntakeErrorCode, message: string) {
    super(message)
    this.name = 'IntakeError'
    this.code = code
  }
}
