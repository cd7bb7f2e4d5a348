export type AuditErrorCode =
  /** A caller wanted to write an entry that the registry does not allow. */
  | 'entry_unfit'
  /** The stored log is not a continuation of what was signed last. */
  | 'log_would_fork'
  /** A stored entry or hash that must be there is not. */
  | 'log_damaged'
  /** The last stored checkpoint is not signed by this log's key. */
  | 'checkpoint_untrusted'
  /** The log cannot be written on at the moment; nothing happens until it can. */
  | 'log_failing'
  /** A witness says that this log, or one with its key, has shown another history. */
  | 'witness_refused'
  /** Origin or signing key cannot be used. */
  | 'log_settings_unfit'

/** What must never happen in the log; everything expected is an `Outcome`. */
export class AuditError extends Error {
  readonly code: AuditErrorCode

  constructor(code: AuditErrorCode, message: string) {
    super(message)
    this.name = 'AuditError'
    this.code = code
  }
}
