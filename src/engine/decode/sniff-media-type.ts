const JPEG = [0xff, 0xd8, 0xff]
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** The media type by the file's first bytes, whatever its name says; undefined for all but JPEG and PNG. */
export function sniffMediaType(bytes: Uint8Array): 'image/jpeg' | 'image/png' | undefined {
  const begins = (mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte)
  if (begins(JPEG)) return 'image/jpeg'
  return begins(PNG) ? 'image/png' : undefined
}
