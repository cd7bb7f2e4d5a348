import { type KeyObject, sign, verify } from 'node:crypto'
import { parseCheckpoint } from './checkpoint.ts'
import type { NoteVerifier } from './note.ts'
import { formatNote, type NoteSignature, parseNote, parseSignatureLines } from './note-format.ts'
import { COSIGNATURE, formatKey, noteKeyOf, parseKey, secretKey } from './note-key.ts'

/** A witness that signs checkpoints, with the time (C2SP tlog-cosignature, version 1, Ed25519). */
export interface Cosigner {
  readonly name: string
  /** What those who count cosignatures are given: `<name>+<key id>+<key>`. */
  readonly verifierKey: string
  /**
   * Signs the text of a checkpoint. That it extends the one before is for the caller to have checked.
   * @param time whole seconds since 1970-01-01 UTC. @throws RangeError on a time or text that cannot be cosigned.
   */
  cosign(text: string, time: number): NoteSignature
}

/** The key of a witness. Its `verifies` is for `openNote`, where it may stand beside the keys of logs. */
export interface WitnessKey extends NoteVerifier {
  /** The public key in hex: one key under two names is one witness. */
  readonly publicKey: string
}

/** A good cosignature by a known witness. */
export interface Cosignature {
  readonly name: string
  readonly keyId: string
  /** Whole seconds since 1970-01-01 UTC. */
  readonly time: number
}

export type ReadCosignatures =
  | { readonly ok: true; readonly cosignatures: readonly Cosignature[] }
  | { readonly ok: false; readonly fault: 'note_malformed' | 'checkpoint_malformed' | 'signature_wrong' }

const TIME_BYTES = 8

/** @param key a 32-byte Ed25519 seed, or a private key object. @throws RangeError on any other key or name. */
export function cosigner(name: string, key: Uint8Array | KeyObject): Cosigner {
  const secret = secretKey(key)
  const own = noteKeyOf(name, COSIGNATURE, secret)
  return {
    name,
    verifierKey: formatKey(own, COSIGNATURE),
    cosign: (text, time) => {
      if (!Number.isSafeInteger(time) || time < 0) throw new RangeError(`${time} is not a time in whole seconds.`)
      if (parseCheckpoint(text) === null) throw new RangeError('Only checkpoints are cosigned.')
      const stamp = Buffer.alloc(TIME_BYTES)
      stamp.writeBigUInt64BE(BigInt(time))
      const signature = Buffer.concat([stamp, sign(null, cosignedMessage(text, time), secret)])
      return { name, keyId: own.keyId, signature }
    },
  }
}

/** Reads `<name>+<key id>+<key>`; null when it is not the key of a cosigner or its id is not its own. */
export function parseWitnessKey(text: string): WitnessKey | null {
  const key = parseKey(text, COSIGNATURE)
  if (key === null) return null
  return {
    name: key.name,
    keyId: key.keyId,
    publicKey: Buffer.from(key.raw).toString('hex'),
    verifies: (signed, signature) => {
      const time = timeOf(signature)
      if (time === null || parseCheckpoint(signed) === null) return false
      return verify(null, cosignedMessage(signed, time), key.publicKey, signature.subarray(TIME_BYTES))
    },
  }
}

/**
 * The cosignatures of known witnesses on a checkpoint, one for each public key. Those of others are ignored; a wrong
 * one of theirs is a fault. Of several by one witness the latest counts. The log's own signature is not looked at.
 */
export function readCosignatures(note: string | Uint8Array, witnesses: readonly WitnessKey[]): ReadCosignatures {
  const parts = parseNote(note)
  if (parts === null) return { ok: false, fault: 'note_malformed' }
  if (parseCheckpoint(parts.text) === null) return { ok: false, fault: 'checkpoint_malformed' }
  const found = new Map<string, Cosignature>()
  for (const line of parts.signatures) {
    const witness = witnessOf(line, witnesses)
    if (witness === undefined) continue
    const time = timeOf(line.signature)
    if (time === null || !witness.verifies(parts.text, line.signature)) return { ok: false, fault: 'signature_wrong' }
    const before = found.get(witness.publicKey)
    if (before === undefined || before.time < time) {
      found.set(witness.publicKey, { name: line.name, keyId: line.keyId, time })
    }
  }
  return { ok: true, cosignatures: [...found.values()] }
}

/** How many of these witnesses cosigned the checkpoint; 0 when anything about it is wrong. */
export function countCosignatures(note: string | Uint8Array, witnesses: readonly WitnessKey[]): number {
  const read = readCosignatures(note, witnesses)
  return read.ok ? read.cosignatures.length : 0
}

/** The note with these signatures after its own; one of the same name and key id takes the place of the older. */
export function addSignatures(note: string, added: readonly NoteSignature[]): string {
  const parts = parseNote(note)
  if (parts === null) throw new RangeError('Signatures are added to a note.')
  const isNew = (own: NoteSignature) => !added.some((one) => one.name === own.name && one.keyId === own.keyId)
  return formatNote({ text: parts.text, signatures: [...parts.signatures.filter(isNew), ...added] })
}

/**
 * Takes a witness's answer into the checkpoint it was asked to cosign: lines of known witnesses that fit the text are
 * added, lines of others ignored. Null when the answer is malformed, holds a wrong one, or none by a known witness.
 */
export function acceptCosignatures(note: string, answer: string, witnesses: readonly WitnessKey[]): string | null {
  const text = parseNote(note)?.text
  const lines = parseSignatureLines(answer)
  if (text === undefined || lines === null) return null
  const known = lines.filter((line) => witnessOf(line, witnesses) !== undefined)
  const good = known.every((line) => witnessOf(line, witnesses)?.verifies(text, line.signature))
  return known.length > 0 && good ? addSignatures(note, known) : null
}

function witnessOf(line: NoteSignature, witnesses: readonly WitnessKey[]): WitnessKey | undefined {
  return witnesses.find((witness) => witness.name === line.name && witness.keyId === line.keyId)
}

function cosignedMessage(text: string, time: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)
}

/** The time of a timestamped signature; null when it has not 72 bytes or a time beyond 2^53 - 1. */
function timeOf(signature: Uint8Array): number | null {
  if (signature.length !== TIME_BYTES + 64) return null
  const time = Number(Buffer.from(signature).readBigUInt64BE())
  return Number.isSafeInteger(time) ? time : null
}
