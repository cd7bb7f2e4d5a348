/** What a pair of index files is made for; files made for anything else do not open. */
export interface IndexShape {
  /** AES-256: 32 bytes. */
  readonly key: Buffer
  readonly model: IndexModel
  /** Bytes of one record: codes, then 32 bytes that end with facts and seq. */
  readonly rowBytes: number
}

export interface IndexModel {
  /** Of the model file: 64 hexadecimal digits. */
  readonly sha256: string
  readonly dimension: number
}

/** The two files, and the words for them in a reason. */
export type FileName = 'snapshot' | 'journal'
