import { createHash, createPrivateKey, createPublicKey, KeyObject } from 'node:crypto'
import { isNoteName, strictBase64 } from './note-format.ts'

/** Signature types of C2SP signed-note: an Ed25519 signature of the text, a timestamped Ed25519 cosignature. */
export const ED25519 = 0x01
export const COSIGNATURE = 0x04
export type SignatureType = typeof ED25519 | typeof COSIGNATURE

/** A key that verifies, under a name and for one type of signature. */
export interface NoteKey {
  readonly name: string
  /** 8 hex digits. */
  readonly keyId: string
  /** 32 bytes. */
  readonly raw: Uint8Array
  readonly publicKey: KeyObject
}

const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** The key of this secret. @throws RangeError on a name that cannot sign. */
export function noteKeyOf(name: string, type: SignatureType, secret: KeyObject): NoteKey {
  if (!isNoteName(name)) throw new RangeError(`"${name}" cannot sign notes: it is empty or has a space or a plus sign.`)
  const publicKey = createPublicKey(secret)
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length)
  return { name, keyId: keyIdOf(name, type, raw), raw, publicKey }
}

/** The text of a key that verifiers are given: `<name>+<key id>+<key>`. */
export function formatKey({ name, keyId, raw }: NoteKey, type: SignatureType): string {
  return `${name}+${keyId}+${Buffer.concat([Uint8Array.of(type), raw]).toString('base64')}`
}

/** Reads `<name>+<key id>+<key>`; null when it is not a key of this type or its id is not its own. */
export function parseKey(text: string, type: SignatureType): NoteKey | null {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text)
  const [name, keyId, encoded] = [parts?.[1] ?? '', parts?.[2] ?? '', parts?.[3] ?? '']
  const bytes = strictBase64(encoded)
  if (!isNoteName(name) || bytes?.length !== 33 || bytes[0] !== type) return null
  const raw = bytes.subarray(1)
  if (keyIdOf(name, type, raw) !== keyId) return null
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' })
  return { name, keyId, raw, publicKey }
}

/** @param key a 32-byte Ed25519 seed, or a private key object. @throws RangeError on anything else. */
export function secretKey(key: Uint8Array | KeyObject): KeyObject {
  if (key instanceof KeyObject) {
    if (key.type === 'private' && key.asymmetricKeyType === 'ed25519') return key
    throw new RangeError('A note is signed with an Ed25519 private key.')
  }
  if (key.length !== 32) throw new RangeError('An Ed25519 seed has 32 bytes.')
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, key]), format: 'der', type: 'pkcs8' })
}

/** C2SP signed-note: the first four bytes of SHA-256 over name, newline, type, key. */
function keyIdOf(name: string, type: SignatureType, raw: Uint8Array): string {
  const digest = createHash('sha256').update(`${name}\n`).update(Uint8Array.of(type)).update(raw).digest('hex')
  return digest.slice(0, 8)
}
