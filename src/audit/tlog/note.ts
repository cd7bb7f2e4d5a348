import { type KeyObject, sign, verify } from 'node:crypto'
import { formatNote, isNoteText, type ParsedNote, parseNote } from './note-format.ts'
import { ED25519, formatKey, noteKeyOf, parseKey, secretKey } from './note-key.ts'

export { isNoteName } from './note-format.ts'

/** Signs notes under a name (C2SP signed-note, Ed25519). */
export interface NoteSigner {
  readonly name: string
  /** What verifiers are given: `<name>+<key id>+<key>`. */
  readonly verifierKey: string
  sign(text: string): string
}

/** Checks one key's signatures. */
export interface NoteVerifier {
  readonly name: string
  /** 8 hex digits. */
  readonly keyId: string
  verifies(text: string, signature: Uint8Array): boolean
}

export type NoteFault = 'note_malformed' | 'signature_unknown' | 'signature_wrong'

export type OpenedNote =
  | { readonly ok: true; readonly text: string; readonly signers: readonly string[] }
  | { readonly ok: false; readonly fault: NoteFault }

/** @param key a 32-byte Ed25519 seed, or a private key object. @throws RangeError on any other key or name. */
export function noteSigner(name: string, key: Uint8Array | KeyObject): NoteSigner {
  const secret = secretKey(key)
  const own = noteKeyOf(name, ED25519, secret)
  return {
    name,
    verifierKey: formatKey(own, ED25519),
    sign: (text) => {
      if (!isNoteText(text)) throw new RangeError('A note ends with a newline and has no control characters.')
      const signature = sign(null, Buffer.from(text), secret)
      return formatNote({ text, signatures: [{ name, keyId: own.keyId, signature }] })
    },
  }
}

/** Reads `<name>+<key id>+<key>`; null when it is not an Ed25519 verifier key or its id is not its own. */
export function parseVerifierKey(text: string): NoteVerifier | null {
  const key = parseKey(text, ED25519)
  if (key === null) return null
  return {
    name: key.name,
    keyId: key.keyId,
    verifies: (signed, signature) =>
      signature.length === 64 && verify(null, Buffer.from(signed), key.publicKey, signature),
  }
}

/** Opens a note that one of the verifiers signed. Signatures of others are ignored; a wrong one of theirs is a fault. */
export function openNote(note: string | Uint8Array, verifiers: readonly NoteVerifier[]): OpenedNote {
  const parts = parseNote(note)
  return parts === null ? { ok: false, fault: 'note_malformed' } : openParsedNote(parts, verifiers)
}

/** As `openNote`, of a note already taken apart. */
export function openParsedNote(parts: ParsedNote, verifiers: readonly NoteVerifier[]): OpenedNote {
  const signers: string[] = []
  for (const { name, keyId, signature } of parts.signatures) {
    const verifier = verifiers.find((known) => known.name === name && known.keyId === keyId)
    if (verifier === undefined) continue
    if (!verifier.verifies(parts.text, signature)) return { ok: false, fault: 'signature_wrong' }
    if (!signers.includes(name)) signers.push(name)
  }
  if (signers.length === 0) return { ok: false, fault: 'signature_unknown' }
  return { ok: true, text: parts.text, signers }
}
