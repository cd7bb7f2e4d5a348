import type { Readable, Writable } from 'node:stream'

/** One message between the engine and a decode process: a small record and bytes. */
export interface Frame {
  readonly head: unknown
  readonly body: Uint8Array
}

/** Two 32-bit lengths, of the record's JSON and of the bytes, before every frame. */
const LENGTHS = 8
/** More than any frame holds: 40 megapixels are 120 million bytes. */
const LONGEST = 256 * 1024 * 1024

export function writeFrame(to: Writable, head: object, body: Uint8Array = new Uint8Array()): void {
  const json = Buffer.from(JSON.stringify(head), 'utf8')
  const lengths = Buffer.alloc(LENGTHS)
  lengths.writeUInt32LE(json.length, 0)
  lengths.writeUInt32LE(body.length, 4)
  to.write(Buffer.concat([lengths, json]))
  to.write(body)
}

/**
 * Calls `onFrame` for every whole frame that arrives, and `onBroken` once when the bytes are no frames.
 * Bytes are kept in pieces until a frame is whole, so a large image is copied once.
 */
export function readFrames(from: Readable, onFrame: (frame: Frame) => void, onBroken: () => void): void {
  let pieces: Buffer[] = []
  let held = 0
  let needed = LENGTHS
  const onData = (piece: Buffer) => {
    pieces.push(piece)
    held += piece.length
    while (held >= needed) {
      const bytes = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)
      pieces = [bytes]
      needed = frameLength(bytes)
      if (needed > LONGEST) {
        from.off('data', onData)
        onBroken()
        return
      }
      if (held < needed) return
      const frame = cutFrame(bytes)
      if (frame === null) {
        from.off('data', onData)
        onBroken()
        return
      }
      onFrame(frame)
      pieces = [bytes.subarray(needed)]
      held -= needed
      needed = LENGTHS
    }
  }
  from.on('data', onData)
}

function frameLength(bytes: Buffer): number {
  return LENGTHS + bytes.readUInt32LE(0) + bytes.readUInt32LE(4)
}

/** Null when the record is no JSON. */
function cutFrame(bytes: Buffer): Frame | null {
  const bodyStart = LENGTHS + bytes.readUInt32LE(0)
  try {
    const head: unknown = JSON.parse(bytes.toString('utf8', LENGTHS, bodyStart))
    return { head, body: bytes.subarray(bodyStart, bodyStart + bytes.readUInt32LE(4)) }
  } catch {
    return null
  }
}
