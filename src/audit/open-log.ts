import type { KeyObject } from 'node:crypto'
import type { Clock, Outcome } from '../base/index.ts'
import type { Store } from '../store/index.ts'
import { AuditError } from './audit-error.ts'
import { exportLog } from './export-log.ts'
import { integrate } from './integrate.ts'
import { readLogFile } from './log-file.ts'
import { type InclusionProof, proveEntry } from './prove-entry.ts'
import { type EntryPage, type EntryQuery, type LogReader, readEntries } from './read-entries.ts'
import { readWitnessed, type Witnessed } from './read-witnessed.ts'
import { type LogContext, type SignedCheckpoint, signCheckpoint } from './sign-checkpoint.ts'
import { type Integrator, type IntegratorWatch, startIntegrator } from './start-integrator.ts'
import { noteSigner, parseVerifierKey } from './tlog/note.ts'
import { verifyLog } from './verify-log.ts'
import type { VerifyReport } from './verify-report.ts'
import type { Witnesses } from './witness-place.ts'

export interface LogOptions {
  /** The log's name for ever, also its key's name: a host and path such as `countenance.example/log`. */
  readonly origin: string
  /** A 32-byte Ed25519 seed, or a private key object. */
  readonly signingKey: Uint8Array | KeyObject
  readonly clock: Clock
  /** Where the static tree of the log is kept (C2SP tlog-tiles); none when absent. */
  readonly folder?: string
  /** Who is asked to cosign what is published in the folder; nobody when absent. */
  readonly witnesses?: Witnesses
}

/** The log as its readers see it. Reading, exporting and verifying are entries themselves. */
export interface AuditLog {
  readonly origin: string
  /** What outsiders are given to verify with (C2SP signed-note). */
  readonly verifierKey: string
  /** Signs the log as it is now. @throws AuditError when it does not continue what was signed before. */
  checkpoint(): Promise<SignedCheckpoint>
  /** The newest checkpoint that a witness cosigned; null when no witness is set, or none has. */
  witnessed(): Promise<Witnessed | null>
  entries(query: EntryQuery, reader: LogReader): Promise<EntryPage>
  proof(seq: number, size?: number): Promise<Outcome<InclusionProof, 'entry_not_found' | 'size_not_reached'>>
  /** JSON Lines, newlines included. */
  exportLog(reader: LogReader): AsyncIterable<string>
  /** Recomputes everything from the stored entries. */
  verify(reader: LogReader): Promise<VerifyReport>
  /** A file of the log's folder by its path, such as `checkpoint` or `tile/0/000`; null when there is none. */
  file(path: string, reader: LogReader): Promise<Uint8Array | null>
  /** Gives entries their places, keeps the folder and asks the witnesses until it is stopped. */
  startIntegrator(watch?: IntegratorWatch): Promise<Integrator>
}

/** @throws AuditError `log_settings_unfit` when the origin or the key cannot be used. */
export function openLog(store: Pick<Store, 'transaction'>, options: LogOptions): AuditLog {
  const context = logContext(store, options)
  return {
    origin: context.signer.name,
    verifierKey: context.signer.verifierKey,
    // Whoever reads sees what was committed before: entries that wait get their places first.
    checkpoint: async () => {
      await integrate(store)
      return await store.transaction({ agency: null }, (tx) => signCheckpoint(tx, context))
    },
    witnessed: () => readWitnessed(context),
    entries: async (query, reader) => {
      await integrate(store)
      return await readEntries(context, query, reader)
    },
    proof: async (seq, size) => {
      await integrate(store)
      return await proveEntry(context, seq, size)
    },
    exportLog: async function* (reader) {
      await integrate(store)
      yield* exportLog(context, reader)
    },
    verify: (reader) => verifyLog(context, reader),
    file: (path, reader) => readLogFile(context, path, reader),
    startIntegrator: (watch) => startIntegrator(context, watch),
  }
}

function logContext(store: Pick<Store, 'transaction'>, options: LogOptions): LogContext {
  const { origin, signingKey, clock, folder = null, witnesses } = options
  try {
    const signer = noteSigner(origin, signingKey)
    const verifier = parseVerifierKey(signer.verifierKey)
    if (verifier === null) throw new RangeError('The key does not verify its own notes.')
    const asked = witnesses === undefined || witnesses.places.length === 0 ? {} : { witnesses }
    return { store, clock, signer, verifier, folder, ...asked }
  } catch (error) {
    throw new AuditError('log_settings_unfit', error instanceof Error ? error.message : String(error))
  }
}
