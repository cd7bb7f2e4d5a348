import { type Bytes, joinBytes } from './bytes.ts'

const NEWLINE = 0x0a

/** Cuts a stream into lines without their newline; bytes stay as they are, since hashes are over bytes. */
export async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes, void, void> {
  const reader = stream.getReader()
  let rest: Bytes = new Uint8Array()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const bytes = joinBytes(rest, piece.value)
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      yield bytes.slice(start, end)
      start = end + 1
    }
    rest = bytes.slice(start)
  }
  if (rest.length > 0) yield rest
}
