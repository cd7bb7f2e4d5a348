import { type NoteFault, type NoteVerifier, openParsedNote } from './note.ts'
import { parseNote, strictBase64 } from './note-format.ts'

/** The state of a log: so many leaves have this root (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
  /** Lines after the third, without newlines; absent when there are none. */
  readonly extensions?: readonly string[]
}

/** A log one trusts: its origin, and the keys by which it signs (more than one while a key is being changed). */
export interface TrustedLog {
  readonly origin: string
  readonly verifiers: readonly NoteVerifier[]
}

export type CheckpointFault = NoteFault | 'checkpoint_malformed' | 'origin_differs'

export type OpenedCheckpoint =
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly text: string }
  | { readonly ok: false; readonly fault: CheckpointFault }

/**
 * The text that is signed as a note.
 * @throws RangeError when it would not be read back as the same: an origin or extension that is empty or has a newline,
 *   a size that is not a whole number from 0 up, a root that has not 32 bytes.
 */
export function checkpointText({ origin, size, root, extensions = [] }: Checkpoint): string {
  if ([origin, ...extensions].some((line) => line === '' || line.includes('\n'))) {
    throw new RangeError('The lines of a checkpoint are neither empty nor broken.')
  }
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`A log cannot have ${size} entries.`)
  if (root.length !== 32) throw new RangeError(`A root has 32 bytes, not ${root.length}.`)
  return [origin, size, Buffer.from(root).toString('base64'), ...extensions].map((line) => `${line}\n`).join('')
}

/** Reads the text of an opened note; null when malformed, or when there are more than 2^53 - 1 leaves. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = '', digits = '', encoded = '', ...extensions] = text.split('\n')
  if (extensions.pop() !== '' || extensions.includes('')) return null
  const root = strictBase64(encoded)
  const size = parseCount(digits)
  if (origin === '' || size === null || root?.length !== 32) return null
  return extensions.length === 0 ? { origin, size, root } : { origin, size, root, extensions }
}

/** Opens a signed checkpoint of this log. */
export function openCheckpoint(note: string | Uint8Array, log: TrustedLog): OpenedCheckpoint {
  const parts = parseNote(note)
  if (parts === null) return { ok: false, fault: 'note_malformed' }
  const checkpoint = parseCheckpoint(parts.text)
  if (checkpoint === null) return { ok: false, fault: 'checkpoint_malformed' }
  if (checkpoint.origin !== log.origin) return { ok: false, fault: 'origin_differs' }
  const opened = openParsedNote(parts, log.verifiers)
  return opened.ok ? { ok: true, checkpoint, text: parts.text } : opened
}

/** A whole number in decimal digits without leading zeroes, at most 2^53 - 1; null for anything else. */
export function parseCount(digits: string): number | null {
  const count = Number(digits)
  return /^(0|[1-9]\d*)$/.test(digits) && Number.isSafeInteger(count) ? count : null
}
