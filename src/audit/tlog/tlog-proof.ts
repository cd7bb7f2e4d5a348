import {
  type Checkpoint,
  type CheckpointFault,
  openCheckpoint,
  parseCheckpoint,
  parseCount,
  type TrustedLog,
} from './checkpoint.ts'
import { type Cosignature, readCosignatures, type WitnessKey } from './cosignature.ts'
import { parseNote, strictBase64, textOf } from './note-format.ts'
import { verifyInclusion } from './proof.ts'
import { leafHash } from './tree-hash.ts'

/** A proof that fits in one file: where an entry is, its path, and the checkpoint it leads to (C2SP tlog-proof). */
export interface TlogProof {
  /** The entry's place in the log, from 0. */
  readonly index: number
  /** The inclusion path, lowest first: at most 63 hashes. */
  readonly path: readonly Uint8Array[]
  /** The signed note of the checkpoint, word for word, cosignatures included. */
  readonly checkpoint: string
  /** Anything else, at least one byte. It is signed by nobody: do not trust it. */
  readonly extra?: Uint8Array
}

/** Whose cosignatures count and how many of them are needed; 0 asks for none. */
export interface WitnessPolicy {
  readonly witnesses: readonly WitnessKey[]
  readonly needed: number
}

export type TlogProofFault = CheckpointFault | 'proof_malformed' | 'cosignatures_missing' | 'not_included'

export type VerifiedProof =
  | {
      readonly ok: true
      readonly index: number
      readonly checkpoint: Checkpoint
      readonly cosignatures: readonly Cosignature[]
    }
  | { readonly ok: false; readonly fault: TlogProofFault }

const HEADER = 'c2sp.org/tlog-proof@v1'
const MOST_HASHES = 63

/** The text of a proof, for a file `.tlog-proof`. @throws RangeError when it would be malformed. */
export function encodeTlogProof({ index, path, checkpoint, extra }: TlogProof): string {
  const extraLine = extra === undefined ? '' : `extra ${base64(extra)}\n`
  const text = `${HEADER}\n${extraLine}index ${index}\n${path.map((hash) => `${base64(hash)}\n`).join('')}\n${checkpoint}`
  if (decodeTlogProof(text) === null) throw new RangeError('No such proof can be written.')
  return text
}

/** Reads a proof; null when it is malformed in any way, its checkpoint included. Nothing about it is verified. */
export function decodeTlogProof(bytes: string | Uint8Array): TlogProof | null {
  const text = textOf(bytes)
  const end = text?.indexOf('\n\n') ?? -1
  if (text === null || end < 0) return null
  const lines = text.slice(0, end).split('\n')
  if (lines.shift() !== HEADER) return null
  const extra = lines[0]?.startsWith('extra ') ? strictBase64((lines.shift() as string).slice(6)) : undefined
  const first = lines.shift()
  const index = first?.startsWith('index ') ? parseCount(first.slice(6)) : null
  const path = lines.map(strictBase64)
  const checkpoint = text.slice(end + 2)
  const note = parseNote(checkpoint)
  if (index === null || extra === null || extra?.length === 0 || path.length > MOST_HASHES) return null
  if (!path.every((hash) => hash?.length === 32) || note === null || parseCheckpoint(note.text) === null) return null
  return { index, path: path as Uint8Array[], checkpoint, ...(extra === undefined ? {} : { extra }) }
}

/**
 * Verifies that an entry is in the log, as signed by the log and cosigned by as many witnesses as the policy needs.
 * A wrong signature by a known key is a fault even where enough others are right.
 * @param leaf the bytes of the entry, which a proof does not hold.
 * @throws RangeError on a policy that needs more witnesses than it knows, or fewer than 0.
 */
export function verifyTlogProof(
  leaf: Uint8Array,
  proof: string | Uint8Array,
  trust: { readonly log: TrustedLog; readonly policy: WitnessPolicy },
): VerifiedProof {
  const { witnesses, needed } = trust.policy
  checkPolicy(trust.policy)
  const read = decodeTlogProof(proof)
  if (read === null) return { ok: false, fault: 'proof_malformed' }
  const opened = openCheckpoint(read.checkpoint, trust.log)
  if (!opened.ok) return opened
  const cosigned = readCosignatures(read.checkpoint, witnesses)
  if (!cosigned.ok) return cosigned
  if (cosigned.cosignatures.length < needed) return { ok: false, fault: 'cosignatures_missing' }
  const { checkpoint } = opened
  const included = verifyInclusion({ index: read.index, hash: leafHash(leaf) }, checkpoint, read.path)
  if (!included) return { ok: false, fault: 'not_included' }
  return { ok: true, index: read.index, checkpoint, cosignatures: cosigned.cosignatures }
}

/** @throws RangeError when the policy cannot be met by its own witnesses: one key under two names is one. */
export function checkPolicy({ witnesses, needed }: WitnessPolicy): void {
  const known = new Set(witnesses.map((witness) => witness.publicKey)).size
  if (Number.isSafeInteger(needed) && needed >= 0 && needed <= known) return
  throw new RangeError(`A policy cannot need ${needed} of ${known} witnesses.`)
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
