/**
 * audit: the log of every act, append-only, signed, verifiable by outsiders.
 * In: entries of registered acts, inside the transaction of the act they tell about; an entry gets its place
 * in the tree a moment after the commit. Out: pages of entries with sentences, signed checkpoints,
 * proofs, exports (JSON Lines) and the offline verifier. Places are 0-based, times UTC, hashes SHA-256 hex.
 * A witness (`runWitness`) is a program of its own, for an oversight body: a folder and a port, no database.
 * Roles: any act appends; auditors and supervisors read; anybody verifies an export. See docs/spec/audit-log.md.
 */
export { append } from './append.ts'
export { integrate } from './integrate.ts'
export { type LogFileKind, logFileKind } from './log-file.ts'
export { type AuditLog, openLog } from './open-log.ts'
export { type EntryPlace, placedEntries } from './placed-entry.ts'
export type { ListedEntry } from './read-entries.ts'
export type { Witnessed } from './read-witnessed.ts'
export { sentenceOf } from './sentence.ts'
export type { Integrator, IntegratorWatch } from './start-integrator.ts'
export { verifyExport } from './verify-export.ts'
export type { VerifyReport } from './verify-report.ts'
export { type RunningWitness, runWitness, type WitnessOptions } from './witness/run-witness.ts'
export { WitnessError, type WitnessErrorCode } from './witness/witness-error.ts'
export { readWitnesses, type WitnessPlace } from './witness-place.ts'
