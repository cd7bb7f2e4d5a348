import type { IndexChange, RowFacts, RowsDigest } from './coarse-index.ts'

/** A template as the database has it, opened. */
export interface KnownTemplate {
  /** The row it is in an index. */
  readonly seq: number
  readonly template: string
  readonly booking: string
  readonly subject: string
  readonly facts: RowFacts
  readonly vector: Float32Array
}

/** Which rows the database holds, as of its last change. */
export interface SourceState extends RowsDigest {
  /** The last change there was; 0 when there was none. */
  readonly position: number
}

/** The templates of one model where they truly are: the database. */
export interface TemplateSource {
  state(): Promise<SourceState>
  /** The first changes after `seq`, at most a page; empty when there is no more. Vectors are opened and checked. */
  changesAfter(seq: number): Promise<readonly IndexChange[]>
  /** Templates by the seq of their rows, in any order; what was removed meanwhile is left out. */
  templatesAt(seqs: readonly number[]): Promise<readonly KnownTemplate[]>
  /** Every template of these subjects but those named: what is known need not be opened again. */
  templatesOf(subjects: readonly string[], except: readonly string[]): Promise<readonly KnownTemplate[]>
  /** Numbers of these sources; an unknown one has none. */
  sourceNumbers(ids: readonly string[]): Promise<readonly number[]>
}
