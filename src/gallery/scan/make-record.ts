import type { RowFacts } from '../coarse-index.ts'
import { writeTemplate } from './quantise-template.ts'
import { type RowLayout, TAIL, writeFacts } from './row-record.ts'

/** The record of one row, as `CodeRows` would hold it. */
export function makeRecord(
  layout: RowLayout,
  row: { readonly seq: number; readonly facts: RowFacts; readonly vector: Float32Array },
): Uint8Array {
  const bytes = new Uint8Array(layout.rowBytes)
  const view = new DataView(bytes.buffer)
  writeTemplate(row.vector, layout, bytes, view, 0)
  writeFacts(view, layout.codeBytes, row.facts)
  view.setFloat64(layout.codeBytes + TAIL.seq, row.seq, true)
  return bytes
}
