import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import { isUsername, usernameForm } from './account.ts'
import type { Actor } from './actor.ts'
import { countFailure } from './count-failure.ts'
import type { AccessDeps } from './deps.ts'
import { passwordFits } from './password.ts'
import { type AccountRow, accountByUsername, actorOfRow } from './records.ts'
import { insertAttempt, insertSession, isLocked, queueAttempts, usernameDigest } from './records-session.ts'
import { ABSOLUTE_LIMIT_MS, ATTEMPT_LIMIT, LOCK_MS, newToken, tokenHash } from './session.ts'

export interface SignInInput {
  readonly username: string
  readonly password: string
  /** The use notice was shown and accepted. */
  readonly acknowledged: boolean
}

export interface OpenedSession {
  /** Shown this once; the database keeps its hash. */
  readonly token: string
  readonly actor: Actor
  /** UTC stamp of the absolute end; the session locks earlier when it rests. */
  readonly expiresAt: string
}

export type SignInCode = 'banner_not_acknowledged' | 'credentials_wrong' | 'account_locked' | 'account_suspended'

/** Opens a session with username and password. Every refusal is an entry too. */
export async function signIn(deps: AccessDeps, input: SignInInput): Promise<Outcome<OpenedSession, SignInCode>> {
  const username = usernameForm(input.username)
  const row = await deps.store.transaction({ agency: null }, (tx) => accountOf(tx, username))
  const fits = await passwordFits(row?.password_hash ?? null, input.password)
  return deps.store.transaction({ agency: row?.agency ?? null }, async (tx) => {
    const digest = usernameDigest(username)
    await queueAttempts(tx, digest)
    const refusal = await refusalFor(tx, deps, { digest, fits, acknowledged: input.acknowledged, row })
    if (refusal !== null || row === null) {
      const refused = refusal ?? credentialsWrong()
      await logRefusal(tx, deps, row, refused.problem.code)
      return refused
    }
    await insertAttempt(tx, digest, deps.clock.now(), true)
    return done(await openSession(tx, deps, row))
  })
}

/** What cannot be a username is nobody's, and not all of it is text that the database can be asked for. */
async function accountOf(tx: Tx, username: string): Promise<AccountRow | null> {
  return isUsername(username) ? accountByUsername(tx, username) : null
}

interface Attempt {
  readonly digest: string
  readonly fits: boolean
  readonly acknowledged: boolean
  readonly row: AccountRow | null
}

type Refused = ReturnType<typeof refuse<SignInCode>>

/** A lock is told to everybody alike; a suspension only to somebody who has the password. */
async function refusalFor(tx: Tx, deps: AccessDeps, attempt: Attempt): Promise<Refused | null> {
  if (!attempt.acknowledged) return notAcknowledged()
  if (await isLocked(tx, attempt.digest, new Date(deps.clock.now().getTime() - LOCK_MS))) return locked()
  if (!attempt.fits) {
    await countFailure(tx, deps, attempt.digest)
    return credentialsWrong()
  }
  // Read again: the account may have been suspended, or its password changed, while the password was checked.
  const now = attempt.row === null ? null : await accountByUsername(tx, attempt.row.username)
  if (now?.password_hash !== attempt.row?.password_hash) return credentialsWrong()
  return now !== null && now.suspended_at !== null ? suspended() : null
}

async function openSession(tx: Tx, deps: AccessDeps, row: AccountRow): Promise<OpenedSession> {
  const [token, at, id] = [newToken(), deps.clock.now(), deps.ids.next('sess')]
  await insertSession(tx, { id, tokenHash: tokenHash(token), account: row.id, at })
  await append(tx, deps, {
    act: 'session.opened',
    actor: row.id,
    agency: row.agency,
    about: row.id,
    facts: { method: 'password' },
  })
  return { token, actor: actorOfRow(row), expiresAt: toStamp(new Date(at.getTime() + ABSOLUTE_LIMIT_MS)) }
}

async function logRefusal(tx: Tx, deps: AccessDeps, row: AccountRow | null, reason: SignInCode): Promise<void> {
  await append(tx, deps, {
    act: 'session.refused',
    actor: null,
    agency: row?.agency ?? null,
    about: row?.id ?? null,
    facts: row === null ? { reason } : { reason, account: row.id },
  })
}

function notAcknowledged(): Refused {
  return refuse(
    'banner_not_acknowledged',
    'The use notice was not acknowledged.',
    'Read the notice and acknowledge it to sign in.',
    { where: 'acknowledged' },
  )
}

function credentialsWrong(): Refused {
  return refuse('credentials_wrong', 'Username and password do not belong together.', 'Check both and try again.')
}

function locked(): Refused {
  return refuse(
    'account_locked',
    `Sign-in with this username is locked after ${ATTEMPT_LIMIT} failures in a row.`,
    'Wait 30 minutes, or tell an administrator if it was not you.',
  )
}

function suspended(): Refused {
  return refuse('account_suspended', 'This account is suspended.', 'Ask an administrator of your agency.')
}
