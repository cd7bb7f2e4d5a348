import { createHash, createPrivateKey, createPublicKey, KeyObject, sign, verify } from 'node:crypto'

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

type NoteFault = 'note_malformed' | 'signature_unknown' | 'signature_wrong'

export type OpenedNote =
  | { readonly ok: true; readonly text: string; readonly signers: readonly string[] }
  | { readonly ok: false; readonly fault: NoteFault }

const ED25519 = Uint8Array.of(1)
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const SIGNATURE_LINE = /^— (\S+) (\S+)$/u
const MOST_BYTES = 1_000_000
const MOST_SIGNATURES = 100

/** True for a name a note can be signed under: no spaces, no plus sign. */
export function isNoteName(name: string): boolean {
  return /^[^\s+\p{Cc}]+$/u.test(name) && name.isWellFormed()
}

/** @param key a 32-byte Ed25519 seed, or a private key object. @throws RangeError on any other key or name. */
export function noteSigner(name: string, key: Uint8Array | KeyObject): NoteSigner {
  if (!isNoteName(name)) throw new RangeError(`"${name}" cannot sign notes: it is empty or has a space or a plus sign.`)
  const secret = privateKey(key)
  const raw = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length)
  const keyId = keyIdOf(name, raw)
  return {
    name,
    verifierKey: `${name}+${keyId.toString('hex')}+${Buffer.concat([ED25519, raw]).toString('base64')}`,
    sign: (text) => {
      if (!isNoteText(text)) throw new RangeError('A note ends with a newline and has no control characters.')
      const signature = sign(null, Buffer.from(text), secret)
      return `${text}\n— ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`
    },
  }
}

/** Reads `<name>+<key id>+<key>`; null when it is not an Ed25519 verifier key or its id is not its own. */
export function parseVerifierKey(text: string): NoteVerifier | null {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text)
  const [name, keyId, encoded] = [parts?.[1] ?? '', parts?.[2] ?? '', parts?.[3] ?? '']
  const bytes = strictBase64(encoded)
  if (!isNoteName(name) || bytes?.length !== 33 || bytes[0] !== ED25519[0]) return null
  const raw = bytes.subarray(1)
  if (keyIdOf(name, raw).toString('hex') !== keyId) return null
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' })
  return {
    name,
    keyId,
    verifies: (signed, signature) => signature.length === 64 && verify(null, Buffer.from(signed), key, signature),
  }
}

/** Opens a note that one of the verifiers signed. Signatures of others are ignored; a wrong one of theirs is a fault. */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): OpenedNote {
  const parts = splitNote(note)
  if (parts === null) return { ok: false, fault: 'note_malformed' }
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

interface Signature {
  readonly name: string
  readonly keyId: string
  readonly signature: Uint8Array
}

function splitNote(note: string): { readonly text: string; readonly signatures: readonly Signature[] } | null {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n') || note.length > MOST_BYTES) return null
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2, -1).split('\n')
  if (!isNoteText(text) || lines.length > MOST_SIGNATURES) return null
  const signatures = lines.map(readSignature)
  return signatures.every((signature) => signature !== null) ? { text, signatures } : null
}

function readSignature(line: string): Signature | null {
  const parts = SIGNATURE_LINE.exec(line)
  const name = parts?.[1] ?? ''
  const bytes = strictBase64(parts?.[2] ?? '')
  if (!isNoteName(name) || bytes === null || bytes.length < 5) return null
  return { name, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) }
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !/\p{Cc}/u.test(text.replaceAll('\n', ''))
}

/** C2SP signed-note: the first four bytes of SHA-256 over name, newline, algorithm, key. */
function keyIdOf(name: string, raw: Uint8Array): Buffer {
  return createHash('sha256').update(`${name}\n`).update(ED25519).update(raw).digest().subarray(0, 4)
}

function privateKey(key: Uint8Array | KeyObject): KeyObject {
  if (key instanceof KeyObject) {
    if (key.type === 'private' && key.asymmetricKeyType === 'ed25519') return key
    throw new RangeError('A note is signed with an Ed25519 private key.')
  }
  if (key.length !== 32) throw new RangeError('An Ed25519 seed has 32 bytes.')
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, key]), format: 'der', type: 'pkcs8' })
}

function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}
