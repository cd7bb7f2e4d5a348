import { randomBytes } from 'node:crypto'
import { canonicalJson, sha256Hex } from '../base/index.ts'

const SALT_BYTES = 32

export interface CaseCommitment {
  /** 64 hex digits, kept with the request: whoever has it can prove which number the log entry stands for. */
  readonly salt: string
  /** 64 hex digits, in the log: SHA-256 of the canonical JSON array [salt, case number]. */
  readonly digest: string
}

/** Binds the log to a case number without showing it to everybody who verifies the log. */
export function commitCase(caseNumber: string, salt = randomBytes(SALT_BYTES).toString('hex')): CaseCommitment {
  return { salt, digest: sha256Hex(canonicalJson([salt, caseNumber])) }
}
