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

/** Connection loss, server shutdown and a full disk become codes; every other database error passes unchanged. */
export function asStoreError(error: unknown): unknown {
  const code = errorCode(error)
  if (code === DATABASE_DISK_FULL) return diskFull('The disk that keeps the database is full', error)
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
  return diskFull('The disk that keeps sealed images is full', error)
}

function diskFull(what: string, cause: unknown): StoreError {
  return new StoreError(
    'disk_full',
    `${what}, so nothing was recorded.`,
    'Free space on the data disk, then try again.',
    cause,
  )
}

/** Where the server is, or who asks, cannot be right: said when the address is first used. */
export function addressError(error: unknown): unknown {
  const reason = ADDRESS_FAULTS.get(errorCode(error))
  if (reason === undefined) return asStoreError(error)
  const remedy = 'Correct DATABASE_URL, or remove it to use the embedded database.'
  return new StoreError('database_unavailable', `The database server cannot be used: ${reason}.`, remedy, error)
}

const DATABASE_DISK_FULL = '53100'
const ADDRESS_FAULTS: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'there is no host of that name'],
  ['EAI_AGAIN', 'the name of its host cannot be looked up now'],
  ['28P01', 'the password is not right'],
  ['28000', 'it does not let this account in'],
  ['3D000', 'there is no database of that name'],
  ['42501', 'this account may not create the tables and the role countenance_service'],
])
// 08: connection exceptions; 57P01-03: shutdown, crash, starting up (PostgreSQL error codes, appendix A).
const LOST_CONNECTION = /^(08\w{3}|57P0[123]|ECONN\w+|EPIPE)$/
const LOST_WORDS =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i

export function errorCode(error: unknown): string {
  if (error === null || typeof error !== 'object' || !('code' in error)) return ''
  return String(error.code)
}
