import {
  acceptCosignatures,
  CONFLICT_TYPE,
  decodeConflict,
  encodeAddCheckpoint,
  parseCheckpoint,
  parseNote,
  type WitnessKey,
} from './tlog/index.ts'

/** A checkpoint to be cosigned. */
export interface CheckpointToCosign {
  /** The signed note, with or without cosignatures. */
  readonly note: string
  /** The consistency proof from an older size to the checkpoint, RFC 6962 section 2.1.2; empty from 0 and its own size. */
  readonly proofFrom: (size: number) => Promise<readonly Uint8Array[]>
  /** The size this witness is thought to have cosigned last; 0, or nothing, where it is not known. */
  readonly oldSize?: number
}

/** What became of asking one witness. */
export type WitnessAnswer =
  /** `lines` are the signature lines it gave; `note` has the ones that count added. */
  | { readonly outcome: 'cosigned'; readonly note: string; readonly lines: string }
  /** It has cosigned a larger log than this one: an older checkpoint was sent, or the log has lost its end. */
  | { readonly outcome: 'witness_ahead'; readonly size: number }
  /** It has cosigned another root of this size: this log, or one with its key, has shown two histories. */
  | { readonly outcome: 'root_conflict' }
  /** It knows another size each time it is asked: somebody else asks it at the same time. */
  | { readonly outcome: 'size_moved'; readonly size: number }
  | { readonly outcome: 'proof_refused' | 'log_unknown' | 'signature_refused' | 'request_refused' }
  /** It answered what no witness answers, or with a cosignature that is not good. */
  | { readonly outcome: 'answer_malformed'; readonly status: number }
  /** It answered with a status of trouble, such as 503. */
  | { readonly outcome: 'witness_failed'; readonly status: number }
  | { readonly outcome: 'unreachable'; readonly reason: string }

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

const ANSWER_WITHIN_MS = 15_000
const MOST_ANSWER_BYTES = 65_536

/**
 * Asks a witness for its cosignature (C2SP tlog-witness). Where the witness knows another size, it is asked once more
 * from there. Only a cosignature that verifies under the witness's key is taken. Network trouble is an outcome.
 * @param url the prefix, without `/add-checkpoint`. @throws RangeError when the note is not a checkpoint.
 */
export async function askWitness(
  url: string,
  { note, proofFrom, oldSize = 0 }: CheckpointToCosign,
  key: WitnessKey,
  fetcher: Fetch = fetch,
): Promise<WitnessAnswer> {
  const size = sizeOf(note)
  const ask = async (from: number) => {
    const body = encodeAddCheckpoint({ oldSize: from, proof: await proofFrom(from), note })
    const reply = await post(`${url.replace(/\/+$/, '')}/add-checkpoint`, body, fetcher)
    return typeof reply === 'string' ? unreachable(reply) : read(reply, note, key)
  }
  const first = await ask(Math.min(oldSize, size))
  if (first.outcome !== 'size_moved') return first
  if (first.size > size) return { outcome: 'witness_ahead', size: first.size }
  const second = await ask(first.size)
  return second.outcome === 'size_moved' && second.size > size
    ? { outcome: 'witness_ahead', size: second.size }
    : second
}

interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string
}

function unreachable(reason: string): WitnessAnswer {
  return { outcome: 'unreachable', reason }
}

function read({ status, type, body }: Reply, note: string, key: WitnessKey): WitnessAnswer {
  switch (status) {
    case 200: {
      const cosigned = acceptCosignatures(note, body, [key])
      return cosigned === null
        ? { outcome: 'answer_malformed', status }
        : { outcome: 'cosigned', note: cosigned, lines: body }
    }
    case 400:
      return { outcome: 'request_refused' }
    case 403:
      return { outcome: 'signature_refused' }
    case 404:
      return { outcome: 'log_unknown' }
    case 409:
      return readConflict(type, body)
    case 422:
      return { outcome: 'proof_refused' }
    default:
      return status >= 500 ? { outcome: 'witness_failed', status } : { outcome: 'answer_malformed', status }
  }
}

/** A conflict with a size says from where to ask again; one without is about the root. */
function readConflict(type: string, body: string): WitnessAnswer {
  if (type.split(';')[0]?.trim() !== CONFLICT_TYPE) return { outcome: 'root_conflict' }
  const size = decodeConflict(body)
  return size === null ? { outcome: 'answer_malformed', status: 409 } : { outcome: 'size_moved', size }
}

function sizeOf(note: string): number {
  const text = parseNote(note)?.text
  const checkpoint = text === undefined ? null : parseCheckpoint(text)
  if (checkpoint === null) throw new RangeError('Only checkpoints are sent to a witness.')
  return checkpoint.size
}

/** The reply, or in a sentence why there is none. */
async function post(url: string, body: string, fetcher: Fetch): Promise<Reply | string> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
    const response = await fetcher(url, { method: 'POST', body, signal, redirect: 'error' })
    const text = await readShort(response)
    if (text === null) return 'The answer is too long.'
    return { status: response.status, type: response.headers.get('content-type') ?? '', body: text }
  } catch (error) {
    if (!(error instanceof Error)) return String(error)
    return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
  }
}

async function readShort(response: Response): Promise<string | null> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > MOST_ANSWER_BYTES) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}
