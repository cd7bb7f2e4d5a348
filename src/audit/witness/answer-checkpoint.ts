import { type Clock, toStamp } from '../../base/index.ts'
import {
  type AddCheckpoint,
  type Checkpoint,
  CONFLICT_TYPE,
  decideAddCheckpoint,
  decodeAddCheckpoint,
  encodeConflict,
  formatNote,
  formatSignatureLine,
  type NoteSignature,
  parseCheckpoint,
  parseNote,
  sameHash,
  WITNESS_STATUS,
  type WitnessDecision,
} from '../tlog/index.ts'
import type { DecisionOutcome } from './decision-log.ts'
import type { Evidence } from './evidence-folder.ts'
import type { TrustedLogs } from './trusted-logs.ts'
import type { CosignedState, WitnessStore } from './witness-store.ts'

/** What goes back over HTTP. */
export interface WitnessReply {
  readonly status: number
  readonly type: string
  readonly body: string
}

export interface WitnessContext {
  readonly store: Pick<WitnessStore, 'signer' | 'decisions' | 'get' | 'remember' | 'keepEvidence'>
  readonly logs: TrustedLogs
  readonly clock: Clock
  /** Told to the people who run the witness: a split view, a disk that fails. */
  readonly warn: (sentence: string) => void
}

export interface CheckpointAnswerer {
  /** Answers the body of a request. */
  readonly answer: (body: Uint8Array) => Promise<WitnessReply>
  /** Waits until nothing that was asked is still being answered. */
  readonly settled: () => Promise<void>
}

const PLAIN = 'text/plain; charset=utf-8'
const MOST_ORIGIN = 200

/**
 * Answers requests to cosign, those for one log one after the other: decides, puts the checkpoint on disk, writes the
 * decision down, and only then gives the cosignature out.
 */
export function checkpointAnswerer(context: WitnessContext): CheckpointAnswerer {
  const last = new Map<string, Promise<unknown>>()
  const open = new Set<Promise<unknown>>()
  const inTurn = (body: Uint8Array): Promise<WitnessReply> => {
    const request = decodeAddCheckpoint(body)
    const asked = request === null ? null : checkpointOf(request)
    if (asked === null || !context.logs.has(asked.origin)) return answer(context, body, request, asked)
    const turn = (last.get(asked.origin) ?? Promise.resolve()).then(() => answer(context, body, request, asked))
    const ended = turn.catch(() => undefined)
    last.set(asked.origin, ended)
    return turn
  }
  return {
    answer: (body) => {
      const reply = inTurn(body)
      const ended = reply.catch(() => undefined).finally(() => open.delete(ended))
      open.add(ended)
      return reply
    },
    settled: async () => {
      await Promise.all(open)
    },
  }
}

async function answer(
  context: WitnessContext,
  body: Uint8Array,
  request: AddCheckpoint | null,
  asked: Checkpoint | null,
): Promise<WitnessReply> {
  const { store, logs } = context
  const known = asked === null ? undefined : store.get(asked.origin)
  const cosigned = { get: (origin: string) => store.get(origin)?.checkpoint }
  const decision = decideAddCheckpoint(body, { logs, cosigned })
  const write = (outcome: DecisionOutcome) =>
    store.decisions.add({
      time: toStamp(context.clock.now()),
      origin: asked?.origin.slice(0, MOST_ORIGIN) ?? null,
      old: known?.checkpoint.size ?? null,
      new: asked?.size ?? null,
      outcome,
    })
  try {
    const lines = decision.verdict === 'cosign' && request ? await cosign(context, request, decision.text, known) : ''
    if (request !== null && asked !== null) await keepWhatSplits(context, decision, request, asked, known)
    await write(outcomeOf(decision))
    return replyTo(decision, lines)
  } catch (error) {
    context.warn(`NOT COSIGNED: ${error instanceof Error ? error.message : error} See the disk of the witness.`)
    await write('disk_failed').catch(() => undefined)
    return { status: 503, type: PLAIN, body: 'The witness cannot write to its disk.\n' }
  }
}

/** Remembers the checkpoint, unless it is the one cosigned last. @returns the line to give out. */
async function cosign(
  { store, logs, clock }: WitnessContext,
  request: AddCheckpoint,
  text: string,
  known: CosignedState | undefined,
): Promise<string> {
  const own = store.signer.cosign(text, Math.floor(clock.now().getTime() / 1000))
  const checkpoint = parseCheckpoint(text)
  if (checkpoint === null) throw new RangeError('Only checkpoints are cosigned.')
  if (known === undefined || parseNote(known.note)?.text !== text) {
    const signatures = [...signaturesOf(request.note, checkpoint.origin, logs), own]
    await store.remember({ checkpoint, note: formatNote({ text, signatures }) })
  }
  return formatSignatureLine(own)
}

/** The log's own signatures, one for each of its keys: what else came with a note is not kept. */
function signaturesOf(note: string, origin: string, logs: TrustedLogs): readonly NoteSignature[] {
  const lines = parseNote(note)?.signatures ?? []
  return (logs.get(origin) ?? []).flatMap(
    ({ name, keyId }) => lines.find((line) => line.name === name && line.keyId === keyId) ?? [],
  )
}

/** What the log signed and cannot stand beside what was cosigned before is kept and told. */
async function keepWhatSplits(
  { store, clock, warn }: WitnessContext,
  decision: WitnessDecision,
  { note: refused, proof }: AddCheckpoint,
  asked: Checkpoint,
  known: CosignedState | undefined,
): Promise<void> {
  const kind = splitOf(decision, asked, known)
  if (kind === null) return
  const { origin, size } = asked
  const evidence: Evidence = {
    kind,
    origin,
    found: toStamp(clock.now()),
    cosigned: known?.note ?? null,
    refused,
    proof: proof.map((hash) => Buffer.from(hash).toString('base64')),
  }
  const where = await store.keepEvidence(evidence).then(
    (path) => (path === null ? 'It was kept before, or the evidence folder is full.' : `It is kept in ${path}.`),
    () => 'It could NOT be kept: the disk fails.',
  )
  if (kind === 'other_root') warn(`SPLIT VIEW: ${origin} signed another tree of size ${size}. ${where}`)
  else warn(`REFUSED: ${origin} signed a tree of size ${size} and did not prove that it extends the last. ${where}`)
}

/** Two roots of one size are a split whatever old size the request named, so that none is told only how to ask again. */
function splitOf(
  decision: WitnessDecision,
  asked: Checkpoint,
  known: CosignedState | undefined,
): Evidence['kind'] | null {
  if (decision.verdict === 'bad_proof') return 'bad_proof'
  if (decision.verdict !== 'conflict') return null
  if (decision.by === 'root') return 'other_root'
  if (known === undefined || known.checkpoint.size !== asked.size) return null
  return sameHash(known.checkpoint.root, asked.root) ? null : 'other_root'
}

function checkpointOf({ note }: AddCheckpoint): Checkpoint | null {
  const text = parseNote(note)?.text
  return text === undefined ? null : parseCheckpoint(text)
}

function outcomeOf(decision: WitnessDecision): DecisionOutcome {
  if (decision.verdict === 'cosign') return 'cosigned'
  return decision.verdict === 'conflict' ? `conflict_${decision.by}` : decision.verdict
}

const REASONS = {
  malformed: 'The request is malformed.',
  bad_signature: 'The checkpoint is not signed by a key that this witness trusts for its log.',
  unknown_log: 'This witness does not serve a log of this origin.',
  conflict: 'This witness has cosigned another root of this size.',
  bad_proof: 'The checkpoint is not proved to extend the one cosigned last.',
} as const satisfies Record<Exclude<WitnessDecision['verdict'], 'cosign'>, string>

function replyTo(decision: WitnessDecision, lines: string): WitnessReply {
  const status = WITNESS_STATUS[decision.verdict]
  if (decision.verdict === 'cosign') return { status, type: PLAIN, body: lines }
  if (decision.verdict === 'conflict' && decision.by === 'old_size') {
    return { status, type: CONFLICT_TYPE, body: encodeConflict(decision.size) }
  }
  return { status, type: PLAIN, body: `${REASONS[decision.verdict]}\n` }
}
