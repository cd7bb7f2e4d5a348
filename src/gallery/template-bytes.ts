import { endianness } from 'node:os'

/** A template as it is sealed: float32, least significant byte first. */
export function templateBytes(vector: Float32Array): Uint8Array {
  const bytes = new Uint8Array(vector.byteLength)
  const view = new DataView(bytes.buffer)
  vector.forEach((value, place) => {
    view.setFloat32(place * 4, value, true)
  })
  return bytes
}

/** The vector back from its bytes, in memory of its own. */
export function templateVector(bytes: Uint8Array): Float32Array {
  const copy = new Uint8Array(bytes)
  if (endianness() === 'LE') return new Float32Array(copy.buffer, copy.byteOffset, copy.byteLength / 4)
  const view = new DataView(copy.buffer, copy.byteOffset, copy.byteLength)
  return Float32Array.from({ length: copy.byteLength / 4 }, (_, place) => view.getFloat32(place * 4, true))
}
