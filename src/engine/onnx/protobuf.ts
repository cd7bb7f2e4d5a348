/** One field of a protobuf message. */
export interface ProtoField {
  readonly number: number
  /** 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes. */
  readonly wire: number
  /** Of a varint; 0 otherwise. Exact up to 2^53. */
  readonly value: number
  /** Content of a length-delimited or fixed field; empty for a varint. */
  readonly bytes: Uint8Array
  /** The field as it stands in the file, tag included. */
  readonly raw: Uint8Array
}

/**
 * The fields of one message, in file order (protobuf encoding, wire types 0, 1, 2, 5).
 * @throws RangeError when the bytes end inside a field or a wire type is unknown.
 */
export function readFields(bytes: Uint8Array): readonly ProtoField[] {
  const fields: ProtoField[] = []
  let place = 0
  while (place < bytes.length) {
    const start = place
    const tag = readVarint(bytes, place)
    const wire = tag.value % 8
    const head = wire === 1 || wire === 5 ? { value: wire === 1 ? 8 : 4, next: tag.next } : readVarint(bytes, tag.next)
    if (wire > 2 && wire !== 5) throw new RangeError(`Wire type ${wire} is unknown.`)
    place = wire === 0 ? head.next : head.next + head.value
    if (place > bytes.length) throw new RangeError('The message ends inside a field.')
    const value = wire === 0 ? head.value : 0
    const content = wire === 0 ? new Uint8Array() : bytes.subarray(head.next, place)
    const number = Math.floor(tag.value / 8)
    fields.push({ number, wire, value, bytes: content, raw: bytes.subarray(start, place) })
  }
  return fields
}

function readVarint(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0
  for (let place = from, scale = 1; place < bytes.length && place < from + 10; place += 1, scale *= 128) {
    const byte = bytes[place] ?? 0
    value += (byte % 128) * scale
    if (byte < 128) return { value, next: place + 1 }
  }
  throw new RangeError('The message ends inside a number.')
}

/** A field that holds other fields. */
export function message(number: number, parts: readonly Uint8Array[]): Buffer {
  return field(number, Buffer.concat(parts))
}

export function text(number: number, value: string): Buffer {
  return field(number, Buffer.from(value, 'utf8'))
}

export function field(number: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
}

export function integer(number: number, value: number): Buffer {
  return Buffer.concat([varint(number * 8), varint(value)])
}

/** Base-128, lowest group first; the numbers of these graphs are never negative. */
function varint(value: number): Buffer {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} has no place in an ONNX file.`)
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, rest])
}
