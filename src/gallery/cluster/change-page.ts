import type { IndexChange, RowFacts } from '../coarse-index.ts'
import { checkVector } from '../usable-vector.ts'
import type { FaceRow } from './row-binary.ts'

/** What a page of changes comes to: the last word on each row. No row is in two of the lists. */
export interface ChangePage {
  /** Rows that are there after the page and were not before. */
  readonly added: readonly FaceRow[]
  /** New facts of rows that were there before. */
  readonly changed: readonly ChangedRow[]
  /** Rows that are gone, those that came within the page included. */
  readonly removed: readonly number[]
  /** The last change of the page. */
  readonly last: number
}

export interface ChangedRow {
  readonly seq: number
  readonly facts: RowFacts
}

/**
 * Folds changes, in their order, into what they come to.
 * @returns null when there is none
 * @throws GalleryError `vector_unusable` before anything is written
 */
export function foldChanges(changes: readonly IndexChange[], dimension: number): ChangePage | null {
  const last = changes.at(-1)?.seq
  if (last === undefined) return null
  const added = new Map<number, FaceRow>()
  const changed = new Map<number, ChangedRow>()
  const removed = new Set<number>()
  for (const change of changes) {
    if (change.kind === 'added') {
      const { seq, facts, vector } = change
      added.set(seq, { seq, facts, vector: checkVector(vector, dimension) })
    } else if (change.kind === 'removed') {
      added.delete(change.row)
      changed.delete(change.row)
      removed.add(change.row)
    } else if (!removed.has(change.row)) {
      const arrival = added.get(change.row)
      if (arrival === undefined) changed.set(change.row, { seq: change.row, facts: change.facts })
      else added.set(change.row, { ...arrival, facts: change.facts })
    }
  }
  return { added: [...added.values()], changed: [...changed.values()], removed: [...removed], last }
}
