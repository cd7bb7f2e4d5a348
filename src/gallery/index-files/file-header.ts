import { IndexDamage } from './index-damage.ts'
import type { FileName, IndexShape } from './index-shape.ts'

export const FILE_HEADER_BYTES = 64
export const GENERATION_BYTES = 16

const MAGIC = { snapshot: 'CIXSNAP1', journal: 'CIXJRNL1' } as const satisfies Record<FileName, string>
const MAGIC_BYTES = 8
const MODEL_AT = MAGIC_BYTES + GENERATION_BYTES
const DIMENSION_AT = MODEL_AT + 32
const ROW_BYTES_AT = DIMENSION_AT + 4

/**
 * The first bytes of a file, in clear: magic, generation, SHA-256 of the model, dimension and bytes per row (u32, least
 * significant byte first). Every frame of the file is sealed together with them, so a changed header opens no frame.
 * @param generation 16 random bytes: the snapshot's own; a journal has those of the snapshot that it continues.
 */
export function fileHeader(name: FileName, generation: Buffer, shape: IndexShape): Buffer {
  const header = Buffer.alloc(FILE_HEADER_BYTES)
  header.write(MAGIC[name], 'latin1')
  generation.copy(header, MAGIC_BYTES)
  header.write(shape.model.sha256, MODEL_AT, 'hex')
  header.writeUInt32LE(shape.model.dimension, DIMENSION_AT)
  header.writeUInt32LE(shape.rowBytes, ROW_BYTES_AT)
  return header
}

/** @returns the generation of a header that is what `fileHeader` writes. @throws IndexDamage */
export function readFileHeader(name: FileName, header: Buffer, shape: IndexShape): Buffer {
  const generation = header.subarray(MAGIC_BYTES, MODEL_AT)
  const right = fileHeader(name, generation, shape)
  const differs = (from: number, to: number) => header.compare(right, from, to, from, to) !== 0
  if (header.length < FILE_HEADER_BYTES) throw new IndexDamage(`The ${name} ends within its first bytes.`)
  if (differs(0, MAGIC_BYTES)) throw new IndexDamage(`The ${name} is not such a file, or of another version.`)
  if (differs(MODEL_AT, ROW_BYTES_AT)) throw new IndexDamage(`The ${name} was made for another model.`)
  if (differs(ROW_BYTES_AT, FILE_HEADER_BYTES)) throw new IndexDamage(`The ${name} has rows of another length.`)
  return Buffer.from(generation)
}
