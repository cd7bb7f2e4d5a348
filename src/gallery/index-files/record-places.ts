// Where the end of a record keeps what these files need to know; the rest of a record is opaque to them.
const SEQ_BYTES = 8
const FLAGS_FROM_END = 11
const FACTS_FROM_END = 20
const LIVE = 1

/** Source, birth year, booked day, sex, flags and two zero bytes, as they lie in a record. */
export const FACTS_BYTES = 12

/** The least a record may have: the 32 bytes after its codes. */
export const RECORD_TAIL_BYTES = 32

/** The seq of the record that starts at `offset`: float64, least significant byte first. */
export function seqAt(records: Buffer, offset: number, rowBytes: number): number {
  return records.readDoubleLE(offset + rowBytes - SEQ_BYTES)
}

/** How many of the records are dead: removed, with nothing left but their seq. */
export function countDead(records: Buffer, rowBytes: number): number {
  let dead = 0
  for (let flags = rowBytes - FLAGS_FROM_END; flags < records.length; flags += rowBytes) {
    if (((records[flags] as number) & LIVE) === 0) dead += 1
  }
  return dead
}

/** The facts of one record, to journal them alone. */
export function factsOf(record: Uint8Array): Uint8Array {
  const start = record.length - FACTS_FROM_END
  return record.subarray(start, start + FACTS_BYTES)
}

/** Overwrites bytes with zeros. @returns whether there was anything else. */
export function eraseBytes(bytes: Buffer, from: number, to: number): boolean {
  const part = bytes.subarray(from, to)
  if (part.every((byte) => byte === 0)) return false
  part.fill(0)
  return true
}

/** Overwrites a record with zeros, all but its seq. @returns whether there was anything else. */
export function eraseRecord(records: Buffer, offset: number, rowBytes: number): boolean {
  return eraseBytes(records, offset, offset + rowBytes - SEQ_BYTES)
}
