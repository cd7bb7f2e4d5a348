export type GalleryErrorCode =
  | 'model_differs'
  | 'limit_out_of_range'
  | 'threshold_unusable'
  | 'vector_unusable'
  /** The index does not hold what the database holds; no list is given. */
  | 'coverage_incomplete'
  /** A shard of the cluster does not answer; no list is given. */
  | 'shard_unavailable'
  /** The cluster cannot be used as it is set up, or refused a statement. */
  | 'cluster_refused'
  /** A removed template's bytes may still be on a disk of the cluster; the removal is not taken up. */
  | 'removal_incomplete'
  /** No room for the files of the index; the search in memory goes on. */
  | 'index_disk_full'

/** A search that cannot be made, or not be proved; nobody is listed. */
export class GalleryError extends Error {
  readonly code: GalleryErrorCode

  constructor(code: GalleryErrorCode, message: string) {
    super(message)
    this.name = 'GalleryError'
    this.code = code
  }
}
