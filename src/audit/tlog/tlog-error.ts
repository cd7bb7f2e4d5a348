/** What can be wrong with the tiles of a log, or with an entry that should go into one. */
export type TlogErrorCode = 'entry_too_long' | 'bundle_malformed' | 'tile_malformed' | 'tile_missing' | 'root_differs'

/** A log that cannot be read or written; `path` names the file where there is one. */
export class TlogError extends Error {
  readonly code: TlogErrorCode
  readonly path: string | null

  constructor(code: TlogErrorCode, message: string, path: string | null = null) {
    super(message)
    this.name = 'TlogError'
    this.code = code
    this.path = path
  }
}
