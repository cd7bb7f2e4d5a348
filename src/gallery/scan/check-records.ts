import { ROW_LIVE, ROW_SEALED, type RowLayout, TAIL } from './row-record.ts'

/**
 * Whether bytes are whole records whose seqs follow each other.
 * @param after the seq before the first
 * @throws RangeError when they are not
 */
export function checkRecords(records: Uint8Array, layout: RowLayout, after: number): void {
  if (records.length % layout.rowBytes !== 0) {
    throw new RangeError(`${records.length} bytes are no whole records of ${layout.rowBytes} bytes.`)
  }
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength)
  let before = after
  for (let tail = layout.codeBytes; tail < records.length; tail += layout.rowBytes) {
    const seq = view.getFloat64(tail + TAIL.seq, true)
    checkSeq(seq, before)
    checkBound(view, tail)
    before = seq
  }
}

/** @throws RangeError unless `seq` is a whole number above `before` */
export function checkSeq(seq: number, before: number): void {
  if (Number.isSafeInteger(seq) && seq > before) return
  throw new RangeError(`Row ${seq} cannot follow row ${before}.`)
}

/** A row whose bound is no number would never be found, and one with unknown flags not be compared. */
function checkBound(view: DataView, tail: number): void {
  const scale = view.getFloat32(tail + TAIL.scale, true)
  const residual = view.getFloat32(tail + TAIL.residual, true)
  const flags = view.getUint8(tail + TAIL.flags)
  const known = flags === 0 || flags === ROW_LIVE || flags === (ROW_LIVE | ROW_SEALED)
  if (Number.isFinite(scale) && Number.isFinite(residual) && residual >= 0 && known) return
  throw new RangeError('A record holds what no row has.')
}
