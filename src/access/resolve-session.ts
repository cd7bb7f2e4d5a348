import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { Actor } from './actor.ts'
import type { AccessDeps } from './deps.ts'
import { accountById, actorOfRow } from './records.ts'
import { type SessionRow, sessionByTokenHash, setSeen } from './records-session.ts'
import { ABSOLUTE_LIMIT_MS, SEEN_EVERY_MS, sessionState, tokenHash } from './session.ts'

export interface ResolvedSession {
  readonly actor: Actor
  /** UTC stamp of the absolute end. */
  readonly expiresAt: string
}

export type SessionCode = 'session_required' | 'session_expired'

/** Who is behind this token now; using a session keeps it from locking. */
export async function resolveSession(deps: AccessDeps, token: string): Promise<Outcome<Actor, SessionCode>> {
  const found = await readSession(deps, token)
  return found.ok ? done(found.value.actor) : found
}

/** `resolveSession`, with when the session ends. */
export async function readSession(deps: AccessDeps, token: string): Promise<Outcome<ResolvedSession, SessionCode>> {
  if (token === '') return sessionRequired()
  return deps.store.transaction({ agency: null }, async (tx) => {
    const session = await sessionByTokenHash(tx, tokenHash(token))
    if (session === null) return sessionRequired()
    const at = deps.clock.now()
    const state = sessionState(session, at)
    if (state === 'closed') return sessionRequired()
    if (state !== 'open') return sessionExpired(state)
    const account = await accountById(tx, session.account)
    if (account === null || account.suspended_at !== null) return sessionRequired()
    if (at.getTime() - session.seenAt.getTime() >= SEEN_EVERY_MS) await setSeen(tx, session.id, at)
    return done({ actor: actorOfRow(account), expiresAt: expiryOf(session) })
  })
}

function expiryOf(session: SessionRow): string {
  return toStamp(new Date(session.openedAt.getTime() + ABSOLUTE_LIMIT_MS))
}

function sessionRequired(): Outcome<never, 'session_required'> {
  return refuse('session_required', 'You are not signed in.', 'Sign in and try again.')
}

function sessionExpired(state: 'idle' | 'old'): Outcome<never, 'session_expired'> {
  const why =
    state === 'idle' ? 'Your session locked after 30 minutes without use.' : 'Your session ended after 12 hours.'
  return refuse('session_expired', why, 'Sign in again.')
}
