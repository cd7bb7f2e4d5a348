import { type Checkpoint, openCheckpoint, parseCheckpoint, parseCount } from './checkpoint.ts'
import type { NoteVerifier } from './note.ts'
import { MOST_NOTE_BYTES, parseNote, strictBase64, textOf } from './note-format.ts'
import { verifyConsistency } from './proof.ts'
import { emptyRoot, sameHash } from './tree-hash.ts'

/** What a log sends to a witness (C2SP tlog-witness, `add-checkpoint`). */
export interface AddCheckpoint {
  /** The size of the checkpoint that the witness cosigned last, as far as the log knows; 0 for none. */
  readonly oldSize: number
  /** The consistency proof from that size to the checkpoint: at most 63 hashes. */
  readonly proof: readonly Uint8Array[]
  /** The signed note of the checkpoint. */
  readonly note: string
}

/** What a witness knows: the logs it serves, and the last checkpoint of each that it cosigned. */
export interface WitnessState {
  readonly logs: { get(origin: string): readonly NoteVerifier[] | undefined }
  readonly cosigned: { get(origin: string): Checkpoint | undefined }
}

/**
 * What a witness does. `cosign`: store the checkpoint durably, in one step with the state the decision was taken on,
 * and only then sign `text`. `conflict` by `root`, and `bad_proof`, are signed by the log and may prove a fork: keep them.
 */
export type WitnessDecision =
  | { readonly verdict: 'cosign'; readonly checkpoint: Checkpoint; readonly text: string }
  | { readonly verdict: 'conflict'; readonly by: 'old_size' | 'root'; readonly size: number }
  | { readonly verdict: 'unknown_log' | 'bad_signature' | 'bad_proof' | 'malformed' }

/** The HTTP status of every decision, as the protocol has it. */
export const WITNESS_STATUS = {
  cosign: 200,
  malformed: 400,
  bad_signature: 403,
  unknown_log: 404,
  conflict: 409,
  bad_proof: 422,
} as const satisfies Record<WitnessDecision['verdict'], number>

/** The media type of the body of a conflict by `old_size`: the size the witness knows, and a newline. */
export const CONFLICT_TYPE = 'text/x.tlog.size'
/** The most hashes of a request. */
export const MOST_PROOF_HASHES = 63
/** The most bytes a request can have and be read: 63 lines of 45, the old size and the longest note. */
export const MOST_REQUEST_BYTES = MOST_NOTE_BYTES + 4_096

/** The body of the request. @throws RangeError when it would be malformed. */
export function encodeAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  const body = `old ${oldSize}\n${proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('')}\n${note}`
  if (decodeAddCheckpoint(body) === null) throw new RangeError('No such checkpoint can be sent to a witness.')
  return body
}

/** Reads a request; null when it is malformed in any way, its checkpoint included. Signatures are not checked. */
export function decodeAddCheckpoint(body: string | Uint8Array): AddCheckpoint | null {
  const text = body.length > MOST_REQUEST_BYTES ? null : textOf(body)
  const end = text?.indexOf('\n\n') ?? -1
  if (text === null || end < 0) return null
  const [old = '', ...lines] = text.slice(0, end).split('\n')
  const [note, oldSize] = [text.slice(end + 2), old.startsWith('old ') ? parseCount(old.slice(4)) : null]
  const proof = lines.map(parseHash)
  const parsed = parseNote(note)
  if (oldSize === null || proof.length > MOST_PROOF_HASHES || !proof.every((hash) => hash !== null)) return null
  if (parsed === null || parseCheckpoint(parsed.text) === null) return null
  return { oldSize, proof, note }
}

/** Decides about a request, exactly as C2SP tlog-witness has it. Changes and stores nothing. */
export function decideAddCheckpoint(body: string | Uint8Array, state: WitnessState): WitnessDecision {
  const request = decodeAddCheckpoint(body)
  const origin = request?.note.slice(0, request.note.indexOf('\n'))
  if (request === null || origin === undefined) return { verdict: 'malformed' }
  const verifiers = state.logs.get(origin)
  if (verifiers === undefined) return { verdict: 'unknown_log' }
  const opened = openCheckpoint(request.note, { origin, verifiers })
  if (!opened.ok) return { verdict: 'bad_signature' }
  const { checkpoint, text } = opened
  if (request.oldSize > checkpoint.size) return { verdict: 'malformed' }
  const known = state.cosigned.get(origin) ?? { size: 0, root: emptyRoot() }
  if (known.size !== request.oldSize) return { verdict: 'conflict', by: 'old_size', size: known.size }
  if (known.size === checkpoint.size && !sameHash(known.root, checkpoint.root)) {
    return { verdict: 'conflict', by: 'root', size: known.size }
  }
  if (!verifyConsistency(known, checkpoint, request.proof)) return { verdict: 'bad_proof' }
  return { verdict: 'cosign', checkpoint, text }
}

/** The body of a conflict by `old_size`. */
export function encodeConflict(size: number): string {
  return `${size}\n`
}

/** The size that a witness says it knows; null when its body is malformed. */
export function decodeConflict(body: string): number | null {
  return body.endsWith('\n') ? parseCount(body.slice(0, -1)) : null
}

function parseHash(line: string): Uint8Array | null {
  const hash = strictBase64(line)
  return hash?.length === 32 ? hash : null
}
