/** A table of a FlatBuffers file: fields by number, absent ones give the default. */
export interface FlatTable {
  int(field: number, byDefault?: number): number
  uint(field: number, byDefault?: number): number
  byte(field: number, byDefault?: number): number
  text(field: number): string
  bytes(field: number): Uint8Array
  ints(field: number): readonly number[]
  tables(field: number): readonly FlatTable[]
  table(field: number): FlatTable | undefined
}

/**
 * The root table of a FlatBuffers file.
 * @throws RangeError when an offset points outside the bytes.
 */
export function readFlatbuffer(bytes: Uint8Array): FlatTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return tableAt(view, view.getUint32(0, true))
}

/** Reads the fields of the table at a place; positions are those of the FlatBuffers format. */
function tableAt(view: DataView, at: number): FlatTable {
  const place = fieldPlaces(view, at)
  const target = (field: number) => {
    const from = place(field)
    return from === undefined ? undefined : from + view.getUint32(from, true)
  }
  const scalar = (read: (from: number) => number) => {
    return (field: number, byDefault = 0) => {
      const from = place(field)
      return from === undefined ? byDefault : read(from)
    }
  }
  return {
    int: scalar((from) => view.getInt32(from, true)),
    uint: scalar((from) => view.getUint32(from, true)),
    byte: scalar((from) => view.getInt8(from)),
    text: (field) => Buffer.from(bytesAt(view, target(field))).toString('utf8'),
    bytes: (field) => bytesAt(view, target(field)),
    ints: (field) => listAt(view, target(field), (from) => view.getInt32(from, true)),
    tables: (field) => listAt(view, target(field), (from) => tableAt(view, from + view.getUint32(from, true))),
    table: (field) => {
      const from = target(field)
      return from === undefined ? undefined : tableAt(view, from)
    },
  }
}

/** Where a field's value lies; undefined when the table does not hold it. */
function fieldPlaces(view: DataView, at: number): (field: number) => number | undefined {
  const vtable = at - view.getInt32(at, true)
  const vtableBytes = view.getUint16(vtable, true)
  return (field) => {
    const slot = 4 + 2 * field
    const offset = slot < vtableBytes ? view.getUint16(vtable + slot, true) : 0
    return offset === 0 ? undefined : at + offset
  }
}

function bytesAt(view: DataView, from: number | undefined): Uint8Array {
  if (from === undefined) return new Uint8Array()
  return new Uint8Array(view.buffer, view.byteOffset + from + 4, view.getUint32(from, true))
}

/** Lists of 32-bit values: numbers, or offsets of tables. */
function listAt<T>(view: DataView, from: number | undefined, read: (from: number) => T): readonly T[] {
  if (from === undefined) return []
  return Array.from({ length: view.getUint32(from, true) }, (_, index) => read(from + 4 + index * 4))
}
