export type StoreErrorCode =
  | 'database_unavailable'
  | 'database_missing'
  | 'database_in_use'
  | 'migration_changed'
  | 'disk_full'
  | 'key_missing'
  | 'key_destroyed'
  | 'blob_missing'
  | 'blob_damaged'

/** The unexpected, from storage: the act that met it did not happen. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  readonly remedy: string

  constructor(code: StoreErrorCode, message: string, remedy: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StoreError'
    this.code = code
    this.remedy = remedy
  }
}

/** Connection loss and server shutdown become one code; every other database error passes unchanged. */
export function asStoreError(error: unknown): unknown {
  const code = errorCode(error)
  // ENOENT is a lost server only where a socket was to be reached; elsewhere it is a missing file.
  const noSocket = code === 'ENOENT' && error instanceof Error && 'syscall' in error && error.syscall === 'connect'
  if (!noSocket && !LOST_CONNECTION.test(code) && !LOST_WORDS.test(String(error))) return error
  return new StoreError(
    'database_unavailable',
    'The database cannot be reached, so nothing was recorded.',
    'Check that the database is running, then try again.',
    error,
  )
}

export function diskError(error: unknown): unknown {
  if (!['ENOSPC', 'EDQUOT'].includes(errorCode(error))) return error
  return new StoreError(
    'disk_full',
    'The disk that keeps sealed images is full, so nothing was recorded.',
    'Free space on the data disk, then try again.',
    error,
  )
}

// 08: connection exceptions; 57P01-03: shutdown, crash, starting up (PostgreSQL error codes, appendix A).
const LOST_CONNECTION = /^(08\w{3}|57P0[123]|ECONN\w+|EPIPE)$/
const LOST_WORDS =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i

function errorCode(error: unknown): string {
  if (error === null || typeof error !== 'object' || !('code' in error)) return ''
  return String(error.code)
}
