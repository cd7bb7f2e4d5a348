import { createHash, randomBytes } from 'node:crypto'

/** How long a session may rest before it locks (CJIS AC-11), in milliseconds. */
export const IDLE_LIMIT_MS = 30 * 60_000
/** How long a session may last at all (CJIS IA-11), in milliseconds. */
export const ABSOLUTE_LIMIT_MS = 12 * 3_600_000
/** Failures in a row within `ATTEMPT_WINDOW_MS` that lock a username (CJIS AC-7). */
export const ATTEMPT_LIMIT = 5
export const ATTEMPT_WINDOW_MS = 15 * 60_000
/** How long a username stays locked. */
export const LOCK_MS = 30 * 60_000
/** A session's last use is written at most this often; it can lock this much early, never late. */
export const SEEN_EVERY_MS = 60_000

/** 256 random bits as 43 characters; shown once, kept only as its hash. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 of the token, 64 hex digits: what the database holds. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex')
}

export interface SessionTimes {
  readonly openedAt: Date
  readonly seenAt: Date
  readonly closedAt: Date | null
}

export type SessionState = 'open' | 'idle' | 'old' | 'closed'

/** What a session is worth at that moment. */
export function sessionState(times: SessionTimes, at: Date): SessionState {
  if (times.closedAt !== null) return 'closed'
  if (at.getTime() - times.openedAt.getTime() >= ABSOLUTE_LIMIT_MS) return 'old'
  if (at.getTime() - times.seenAt.getTime() >= IDLE_LIMIT_MS) return 'idle'
  return 'open'
}
