import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { FACTS_BYTES } from './record-places.ts'

/** What a frame holds: whole records; new facts of rows; seqs of removed rows; nothing; the rows of a snapshot. */
export type FrameKind = 'records' | 'facts' | 'removed' | 'position' | 'end'

export interface FrameHeader {
  readonly kind: FrameKind
  /** Entries in the frame, at most `FRAME_ENTRIES`. */
  readonly count: number
  /** The frame's number in its file, from 1. */
  readonly number: number
}

/** What is sealed in a frame. */
export interface FrameContent {
  /** The last change that is taken up when this frame is. */
  readonly position: number
  readonly content: Buffer
}

/** What a frame is sealed under: it opens with the same key in the same file only. */
export interface FrameContext {
  readonly key: Buffer
  readonly fileHeader: Buffer
  readonly rowBytes: number
}

export const FRAME_ENTRIES = 1024
export const FRAME_HEADER_BYTES = 16
/** One entry of a facts frame: the row's seq (f64), then its facts. */
export const FACTS_ENTRY_BYTES = 8 + FACTS_BYTES

const KINDS: readonly FrameKind[] = ['records', 'facts', 'removed', 'position', 'end']
const MAGIC = 0x46584943
const NONCE_BYTES = 12
const TAG_BYTES = 16
const POSITION_BYTES = 8
const SEALED_AT = FRAME_HEADER_BYTES + NONCE_BYTES

/** The bytes of a whole frame: 16 of header, 12 of nonce, 8 of position, its entries, 16 of tag. */
export function frameBytes(header: FrameHeader, rowBytes: number): number {
  return SEALED_AT + POSITION_BYTES + header.count * entryBytes(header.kind, rowBytes) + TAG_BYTES
}

function entryBytes(kind: FrameKind, rowBytes: number): number {
  return { records: rowBytes, facts: FACTS_ENTRY_BYTES, removed: 8, position: 0, end: 8 }[kind]
}

/** AES-256-GCM with a new random nonce; the file's header and the frame's are authenticated with it. */
export function sealFrame(context: FrameContext, header: FrameHeader, frame: FrameContent): Buffer {
  const head = headerBytes(header)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', context.key, nonce)
  cipher.setAAD(Buffer.concat([context.fileHeader, head]))
  const position = Buffer.alloc(POSITION_BYTES)
  position.writeDoubleLE(frame.position)
  const sealed = [cipher.update(position), cipher.update(frame.content), cipher.final()]
  return Buffer.concat([head, nonce, ...sealed, cipher.getAuthTag()])
}

/** @param bytes exactly one frame. @returns null when a single bit, the key, the file or the place in it differs. */
export function openFrame(context: FrameContext, bytes: Buffer): FrameContent | null {
  const nonce = bytes.subarray(FRAME_HEADER_BYTES, SEALED_AT)
  const decipher = createDecipheriv('aes-256-gcm', context.key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.concat([context.fileHeader, bytes.subarray(0, FRAME_HEADER_BYTES)]))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  const clear = decipher.update(bytes.subarray(SEALED_AT, bytes.length - TAG_BYTES))
  try {
    decipher.final()
  } catch {
    return null
  }
  return { position: clear.readDoubleLE(0), content: clear.subarray(POSITION_BYTES) }
}

/** Magic u32, kind u8, zero u8, count u16, number u32, CRC-32 of these: tells a changed header from one cut short. */
function headerBytes(header: FrameHeader): Buffer {
  const bytes = Buffer.alloc(FRAME_HEADER_BYTES)
  bytes.writeUInt32LE(MAGIC, 0)
  bytes.writeUInt8(KINDS.indexOf(header.kind) + 1, 4)
  bytes.writeUInt16LE(header.count, 6)
  bytes.writeUInt32LE(header.number, 8)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 12)), 12)
  return bytes
}

/** @param bytes at least 16. @returns null for bytes that `sealFrame` does not write. */
export function readFrameHeader(bytes: Buffer): FrameHeader | null {
  const kind = KINDS[bytes.readUInt8(4) - 1]
  if (kind === undefined) return null
  const header = { kind, count: bytes.readUInt16LE(6), number: bytes.readUInt32LE(8) }
  const right = header.count <= FRAME_ENTRIES && headerBytes(header).equals(bytes.subarray(0, FRAME_HEADER_BYTES))
  return right ? header : null
}
