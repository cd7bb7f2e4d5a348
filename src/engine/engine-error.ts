export type EngineErrorCode = 'weight_missing' | 'weight_hash_differs' | 'runtime_missing'

/** The engine cannot be opened at all; the message is a sentence with what to do. */
export class EngineError extends Error {
  readonly code: EngineErrorCode

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EngineError'
    this.code = code
  }
}
