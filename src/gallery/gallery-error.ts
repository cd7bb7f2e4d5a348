export type GalleryErrorCode = 'model_differs' | 'limit_out_of_range' | 'threshold_unusable' | 'vector_unusable'

/** A search asked for in a way that no correct caller asks; nothing was compared. */
export class GalleryError extends Error {
  readonly code: GalleryErrorCode

  constructor(code: GalleryErrorCode, message: string) {
    super(message)
    this.name = 'GalleryError'
    this.code = code
  }
}
