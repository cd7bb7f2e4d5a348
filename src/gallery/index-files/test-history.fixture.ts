import type { IndexFiles } from './index-files.ts'
import { factsOfRow, RowsCopy, recordOf } from './test-index.fixture.ts'

export type HistoryKind = 'append' | 'remove' | 'rewrite'

type HistoryChange =
  | { readonly kind: 'added' }
  | { readonly kind: 'facts'; readonly row: number }
  | { readonly kind: 'removed'; readonly row: number }

/** The change of a seq follows from the seq alone: every process that continues a history continues the same one. */
export function changeAt(kind: HistoryKind, seq: number): HistoryChange {
  const removeEvery = { append: 17, remove: 2, rewrite: 5 }[kind]
  const row = Math.ceil((seq * 2) / 3)
  if (seq > 40 && seq % removeEvery === 0) return { kind: 'removed', row }
  if (seq > 40 && seq % 11 === 0) return { kind: 'facts', row: row + 3 }
  return { kind: 'added' }
}

/** The rows as they are after the change `position`. */
export function rowsAt(kind: HistoryKind, position: number): RowsCopy {
  const copy = new RowsCopy()
  for (let seq = 1; seq <= position; seq += 1) takeChange(copy, kind, seq)
  return copy
}

export function takeChange(copy: RowsCopy, kind: HistoryKind, seq: number): void {
  const change = changeAt(kind, seq)
  if (change.kind === 'added') copy.onRecords(recordOf(seq))
  if (change.kind === 'removed') copy.onChange(change)
  if (change.kind === 'facts') copy.onChange({ kind: 'facts', ...factsOfRow(change.row, seq) })
}

/** Brings the change of a seq into files that hold the rows of `copy`. */
export async function storeChange(files: IndexFiles, copy: RowsCopy, kind: HistoryKind, seq: number): Promise<boolean> {
  const change = changeAt(kind, seq)
  if (change.kind === 'added') return await files.appendAdded(recordOf(seq), seq)
  if (!copy.rows.has(change.row)) return await files.appendPosition(seq)
  if (change.kind === 'removed') return await files.removeRows([change.row], seq)
  return await files.appendFacts([factsOfRow(change.row, seq)], seq)
}

/** All rows in the order of their seqs, a few at a time. */
export function* pagesOf(copy: RowsCopy): Generator<Uint8Array> {
  const records = [...copy.rows.values()]
  for (let at = 0; at < records.length; at += 100) yield Buffer.concat(records.slice(at, at + 100))
}
