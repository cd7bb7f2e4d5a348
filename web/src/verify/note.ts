import { type Bytes, fromBase64, joinBytes, sha256, toHex, utf8 } from './bytes.ts'

/** What was signed: so many entries have this root (C2SP tlog-checkpoint). */
export interface SignedRoot {
  readonly origin: string
  readonly size: number
  /** 64 hex digits. */
  readonly root: string
}

export type NoteFinding = 'signed' | 'wrong_signature' | 'unknown_key' | 'unreadable' | 'browser_cannot'

/** The three lines of a checkpoint, or null. */
export function readCheckpoint(note: string): SignedRoot | null {
  const [origin = '', digits = '', encoded = ''] = note.split('\n')
  const root = fromBase64(encoded)
  if (origin === '' || !/^(0|[1-9]\d{0,14})$/.test(digits) || root?.length !== 32) return null
  return { origin, size: Number(digits), root: toHex(root) }
}

/** Checks that the key `<name>+<id>+<base64>` signed the note (C2SP signed-note, Ed25519). */
export async function checkNote(note: string, verifierKey: string): Promise<NoteFinding> {
  const key = await readKey(verifierKey)
  const end = note.lastIndexOf('\n\n')
  if (key === null || end < 0) return 'unreadable'
  const line = note
    .slice(end + 2)
    .split('\n')
    .map((text) => /^— (\S+) (\S+)$/u.exec(text))
    .find((parts) => parts?.[1] === key.name && idOf(parts[2] ?? '') === key.id)
  if (line === undefined || line === null) return 'unknown_key'
  const signature = fromBase64(line[2] ?? '') ?? new Uint8Array()
  return verify(key.raw, utf8(note.slice(0, end + 1)), signature.slice(4))
}

async function verify(raw: Bytes, text: Bytes, signature: Bytes): Promise<NoteFinding> {
  try {
    const key = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify'])
    return (await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, text)) ? 'signed' : 'wrong_signature'
  } catch {
    return 'browser_cannot'
  }
}

interface Key {
  readonly name: string
  readonly id: string
  readonly raw: Bytes
}

/** The id of a key is made of its name and its bytes, so a key cannot be passed off under another name. */
async function readKey(text: string): Promise<Key | null> {
  const [, name = '', id = '', encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text) ?? []
  const bytes = fromBase64(encoded)
  if (bytes?.length !== 33 || bytes[0] !== 1) return null
  const digest = await sha256(joinBytes(utf8(`${name}\n`), bytes))
  return toHex(digest.subarray(0, 4)) === id ? { name, id, raw: bytes.slice(1) } : null
}

function idOf(encoded: string): string {
  return toHex(fromBase64(encoded)?.subarray(0, 4) ?? new Uint8Array())
}
