import type { Sex } from './booking.ts'
import type { GalleryFilter } from './gallery-filter.ts'

/** What a filter looks at. */
export interface RowFacts {
  /** The source's number (`gallery_source.number`), 1 to 65535. */
  readonly source: number
  /** ISO day. */
  readonly bookedAt: string
  readonly birthYear: number | null
  readonly sex: Sex
  /** Sealed by order: kept, but not compared. */
  readonly sealed: boolean
}

/** One change of what a search compares, in the order of `seq`. A row is known by the seq it was added with. */
export type IndexChange =
  | {
      readonly kind: 'added'
      readonly seq: number
      readonly facts: RowFacts
      /** Unit length; the index takes what it needs and keeps no reference. */
      readonly vector: Float32Array
    }
  | { readonly kind: 'facts'; readonly seq: number; readonly row: number; readonly facts: RowFacts }
  | { readonly kind: 'removed'; readonly seq: number; readonly row: number }

/** A filter whose sources are numbers: what an index understands. */
export interface IndexFilter extends Omit<GalleryFilter, 'sources'> {
  readonly sources: readonly number[] | null
}

export interface CoarseAsk {
  /** Rows to return for each query, at least 1. */
  readonly k: number
  /** Rows whose score cannot reach this are of no interest; -1 or less for none. */
  readonly floor: number
  readonly filter: IndexFilter
}

export interface CoarseRow {
  readonly seq: number
  /** The exact score of the row is at most this. */
  readonly upper: number
}

export interface CoarseAnswer {
  /** Rows compared: those that passed the filter. */
  readonly searched: number
  /** Rows held, sealed ones included; must equal what is enrolled. */
  readonly enrolled: number
  /** At most k, highest `upper` first, equal ones by seq. */
  readonly rows: readonly CoarseRow[]
  /** No row outside `rows` has an exact score above this; minus infinity when none was left out. */
  readonly bound: number
}

/** How many rows there are and which, told apart by sums: to compare an index with the database. */
export interface RowsDigest {
  readonly rows: number
  /** Sum of the seqs, and of their squares. */
  readonly sum: bigint
  readonly squares: bigint
}

/** Holds the rows of one model and finds the most promising ones, with a bound for all others. */
export interface CoarseIndex {
  /** The last change taken up; 0 when empty. */
  position(): Promise<number>
  /** Takes up changes, in order, each page whole or not at all; those at or before `position` are skipped. */
  apply(changes: readonly IndexChange[]): Promise<void>
  /** One pass for all queries; answers in their order. @throws GalleryError */
  scan(queries: readonly Float32Array[], ask: CoarseAsk): Promise<readonly CoarseAnswer[]>
  /** Of these rows, the seqs of those it holds otherwise: with other numbers or facts, or not at all. */
  differing(rows: readonly Extract<IndexChange, { readonly kind: 'added' }>[]): Promise<readonly number[]>
  /** What it holds now. */
  digest(): Promise<RowsDigest>
  close(): Promise<void>
}
