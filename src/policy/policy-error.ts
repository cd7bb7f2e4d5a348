export type PolicyErrorCode = 'permit_invalid' | 'pack_invalid'

/** The unexpected in policy: somebody passed a thing that is no permit, or the directives are broken. */
export class PolicyError extends Error {
  readonly code: PolicyErrorCode

  constructor(code: PolicyErrorCode, message: string) {
    super(message)
    this.name = 'PolicyError'
    this.code = code
  }
}
