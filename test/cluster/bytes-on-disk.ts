import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files under a folder that hold these bytes; a file that goes away meanwhile holds none. */
export function filesHolding(folder: string, bytes: Uint8Array): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name)
    return entry.isFile() && contentOf(path).includes(Buffer.from(bytes)) ? [path] : []
  })
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

/** The first 64 bytes of a vector, as a little-endian machine keeps it. */
export function needleOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer.slice(vector.byteOffset, vector.byteOffset + 64))
}
