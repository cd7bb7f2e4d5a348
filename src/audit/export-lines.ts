/** One line of an export file, without its newline. */
export interface ExportLine {
  /** 1-based. */
  readonly number: number
  readonly bytes: Uint8Array
  /** Null when the bytes are not UTF-8 or the line is longer than any the log writes. */
  readonly text: string | null
}

/** What a file, a download or a test hands over: any pieces, cut anywhere. */
export type ExportChunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

const NEWLINE = 0x0a
/** Far above the longest entry the registry allows; a longer line is cut in pieces and reported. */
const MOST_BYTES = 4 * 1024 * 1024

/** Cuts an export into lines. Bytes are kept as they are: a hash is over bytes, not over text. */
export async function* readLines(chunks: ExportChunks): AsyncGenerator<ExportLine, void, void> {
  let number = 0
  let rest: Uint8Array = new Uint8Array()
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, typeof chunk === 'string' ? Buffer.from(chunk) : chunk])
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      number += 1
      yield readLine(number, bytes.subarray(start, end))
      start = end + 1
    }
    rest = bytes.subarray(start)
    if (rest.length > MOST_BYTES) {
      number += 1
      yield { number, bytes: rest, text: null }
      rest = new Uint8Array()
    }
  }
  if (rest.length > 0) yield readLine(number + 1, rest)
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function readLine(number: number, bytes: Uint8Array): ExportLine {
  if (bytes.length > MOST_BYTES) return { number, bytes, text: null }
  try {
    return { number, bytes, text: UTF8.decode(bytes) }
  } catch {
    return { number, bytes, text: null }
  }
}
