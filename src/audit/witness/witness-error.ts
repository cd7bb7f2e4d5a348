export type WitnessErrorCode =
  /** Another witness holds the folder. */
  | 'folder_taken'
  /** The folder cannot be made, read or written. */
  | 'folder_unfit'
  /** The key file cannot be used, or belongs to another name. */
  | 'key_unfit'
  /** What the witness must remember is missing, changed or not its own. */
  | 'state_damaged'
  /** No log to watch, or a verifier key that is none. */
  | 'log_unfit'
  /** The address cannot be listened on. */
  | 'listen_failed'
  /** A checkpoint could not be put on disk: it is not cosigned. */
  | 'disk_failed'

/** Why a witness does not start, or does not cosign. */
export class WitnessError extends Error {
  readonly code: WitnessErrorCode
  /** One sentence: what to do about it. */
  readonly remedy: string

  constructor(code: WitnessErrorCode, message: string, remedy: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'WitnessError'
    this.code = code
    this.remedy = remedy
  }
}

/** The code of an error of the operating system, such as `ENOENT`; empty when it has none. */
export function systemCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}
