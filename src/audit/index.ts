/**
 * audit: the log of every act, append-only, signed, verifiable by outsiders.
 * In: entries of registered acts, inside the transaction of the act they tell about; call `append` after the act's own
 * writes, it holds the log's lock until the transaction ends. Out: pages of entries with sentences, signed checkpoints,
 * proofs, exports (JSON Lines) and the offline verifier. Places are 0-based, times UTC, hashes SHA-256 hex.
 * A witness (`runWitness`) is a program of its own, for an oversight body: a folder and a port, no database.
 * Roles: any act appends; auditors and supervisors read; anybody verifies an export. See docs/spec/audit-log.md.
 */
export { append } from './append.ts'
export { type AuditLog, openLog } from './open-log.ts'
export type { ListedEntry } from './read-entries.ts'
export { sentenceOf } from './sentence.ts'
export { verifyExport } from './verify-export.ts'
export type { VerifyReport } from './verify-report.ts'
export { type RunningWitness, runWitness, type WitnessOptions } from './witness/run-witness.ts'
export { WitnessError, type WitnessErrorCode } from './witness/witness-error.ts'
