import { type Clock, toStamp } from '../base/index.ts'
import type { Store, Tx } from '../store/index.ts'
import { AuditError } from './audit-error.ts'
import { readTree } from './records.ts'
import { type CheckpointRow, insertCheckpoint, lastCheckpoint, lockCheckpoints, rangeHashes } from './records-read.ts'
import { type Checkpoint, checkpointText, parseCheckpoint } from './tlog/checkpoint.ts'
import { type NoteSigner, type NoteVerifier, openNote } from './tlog/note.ts'
import { consistencyRanges, verifyConsistency } from './tlog/proof.ts'
import type { Witnesses } from './witness-place.ts'

/** What the log's own acts share. */
export interface LogContext {
  /** Where the static tree of the log is kept; null where none is. */
  readonly folder: string | null
  readonly store: Pick<Store, 'transaction'>
  readonly clock: Clock
  readonly signer: NoteSigner
  readonly verifier: NoteVerifier
  /** Who is asked to cosign what is published in the folder; absent where nobody is. */
  readonly witnesses?: Witnesses
}

export interface SignedCheckpoint {
  readonly origin: string
  readonly size: number
  /** 64 hex digits. */
  readonly root: string
  /** The signed note, C2SP tlog-checkpoint. */
  readonly note: string
  readonly signedAt: string
}

/**
 * Signs the log as it is, after proving that it extends what was signed last; the same size is never signed twice.
 * @param upTo sign no more than these first entries, unless more were signed before.
 * @throws AuditError `log_would_fork`, `log_damaged` or `checkpoint_untrusted`: then nothing is signed.
 */
export async function signCheckpoint(tx: Tx, context: LogContext, upTo?: number): Promise<SignedCheckpoint> {
  await lockCheckpoints(tx)
  const row = await lastCheckpoint(tx)
  const last = row === null ? null : trusted(row, context)
  const present = await presentTree(tx, context, Math.max(upTo ?? Number.MAX_SAFE_INTEGER, last?.size ?? 0))
  if (row !== null && last !== null) {
    await requireExtension(tx, last, present)
    if (last.size === present.size) return signed(last, row)
  }
  const note = context.signer.sign(checkpointText(present))
  const fresh = { size: present.size, note, signedAt: context.clock.now() }
  await insertCheckpoint(tx, fresh)
  return signed(present, fresh)
}

async function presentTree(tx: Tx, context: LogContext, most: number): Promise<Checkpoint> {
  const origin = context.signer.name
  const tree = await readTree(tx)
  if (tree.size <= most) return { origin, size: tree.size, root: tree.root() }
  const [root] = await rangeHashes(tx, [{ start: 0, end: most }])
  return { origin, size: most, root: root as Uint8Array }
}

function trusted(row: CheckpointRow, context: LogContext): Checkpoint {
  const opened = openNote(row.note, [context.verifier])
  const checkpoint = opened.ok ? parseCheckpoint(opened.text) : null
  if (checkpoint === null || checkpoint.size !== row.size || checkpoint.origin !== context.signer.name) {
    throw new AuditError('checkpoint_untrusted', `The stored checkpoint of size ${row.size} is not signed by this log.`)
  }
  return checkpoint
}

/** @throws AuditError `log_would_fork` unless the present tree continues the last. */
export async function requireExtension(tx: Tx, last: Checkpoint, present: Checkpoint): Promise<void> {
  if (last.size <= present.size) {
    const path = await rangeHashes(tx, consistencyRanges(last.size, present.size))
    if (verifyConsistency(last, present, path)) return
  }
  throw new AuditError(
    'log_would_fork',
    `The log's ${present.size} entries do not continue the ${last.size} entries signed before.`,
  )
}

function signed(checkpoint: Checkpoint, row: CheckpointRow): SignedCheckpoint {
  const root = Buffer.from(checkpoint.root).toString('hex')
  const { origin, size } = checkpoint
  return { origin, size, root, note: row.note, signedAt: toStamp(row.signedAt) }
}
