/** One signature line of a note. Nothing is said about whether it is a good one. */
export interface NoteSignature {
  readonly name: string
  /** 8 hex digits. */
  readonly keyId: string
  /** At least one byte; what the key's type makes of it. */
  readonly signature: Uint8Array
}

/** A note taken apart, its signatures not yet checked: the text must not be used before they are. */
export interface ParsedNote {
  /** Ends with a newline. */
  readonly text: string
  /** One to 100, in the order of the note. */
  readonly signatures: readonly NoteSignature[]
}

/** The most bytes a note may have, in UTF-8. */
export const MOST_NOTE_BYTES = 1_000_000
/** The most signatures a note may carry; C2SP signed-note demands that 16 be read. */
export const MOST_SIGNATURES = 100

const SIGNATURE_LINE = /^— ([^ ]+) ([^ ]+)$/u
/** Control characters below U+0020, of which a note may hold only the newline. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a note must not hold
const CONTROLS = /[\u0000-\u0009\u000b-\u001f]/u
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** True for a name a note can be signed under: no Unicode space, no plus sign, no control character. */
export function isNoteName(name: string): boolean {
  return /^[^\p{White_Space}+]+$/u.test(name) && !CONTROLS.test(name) && name.isWellFormed()
}

/** True for text a note can hold: it ends with a newline and has no other control character below U+0020. */
export function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !CONTROLS.test(text)
}

/** UTF-8 as text; null when the bytes are not UTF-8. A byte order mark is kept: it is part of what was signed. */
export function textOf(bytes: string | Uint8Array): string | null {
  if (typeof bytes === 'string') return bytes
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

/** Takes a note apart (C2SP signed-note); null when it is malformed, too long or has too many signatures. */
export function parseNote(note: string | Uint8Array): ParsedNote | null {
  const whole = textOf(note)
  if (whole === null || Buffer.byteLength(whole) > MOST_NOTE_BYTES) return null
  const end = whole.lastIndexOf('\n\n')
  if (end < 0 || !whole.endsWith('\n')) return null
  const text = whole.slice(0, end + 1)
  const signatures = parseSignatureLines(whole.slice(end + 2))
  return isNoteText(text) && signatures !== null ? { text, signatures } : null
}

/** Reads signature lines, each ended by a newline: one to 100 of them. Null when any is malformed. */
export function parseSignatureLines(text: string): readonly NoteSignature[] | null {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length === 0 || lines.length > MOST_SIGNATURES) return null
  const signatures = lines.map(parseSignatureLine)
  return signatures.every((signature) => signature !== null) ? signatures : null
}

/** Writes a note. @throws RangeError when the text cannot be a note's, or there is no signature or too many. */
export function formatNote({ text, signatures }: ParsedNote): string {
  if (!isNoteText(text)) throw new RangeError('A note ends with a newline and has no control characters.')
  if (signatures.length === 0 || signatures.length > MOST_SIGNATURES) {
    throw new RangeError(`A note has 1 to ${MOST_SIGNATURES} signatures, not ${signatures.length}.`)
  }
  return `${text}\n${signatures.map(formatSignatureLine).join('')}`
}

/** One signature line with its newline. */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`
}

/** Base64 of RFC 4648 section 4 in its one canonical spelling; null for any other. */
export function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

function parseSignatureLine(line: string): NoteSignature | null {
  const parts = SIGNATURE_LINE.exec(line)
  const name = parts?.[1] ?? ''
  const bytes = strictBase64(parts?.[2] ?? '')
  if (!isNoteName(name) || bytes === null || bytes.length < 5) return null
  return { name, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) }
}
