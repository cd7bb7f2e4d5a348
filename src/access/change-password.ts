import { append } from '../audit/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import type { Tx } from '../store/index.ts'
import { type Actor, scopeOf } from './actor.ts'
import { checkPassword } from './check-password.ts'
import { countFailure } from './count-failure.ts'
import type { AccessDeps } from './deps.ts'
import { hashPassword, passwordFits } from './password.ts'
import { type AccountRow, accountById, setPassword } from './records.ts'
import { closeOtherSessions, insertAttempt, isLocked, queueAttempts, usernameDigest } from './records-session.ts'
import { LOCK_MS, tokenHash } from './session.ts'

export interface ChangePasswordInput {
  /** The session that asks: it goes on, every other of the account ends. */
  readonly token: string
  readonly oldPassword: string
  readonly newPassword: string
}

export type ChangePasswordCode = 'password_weak' | 'password_unchanged' | 'password_wrong' | 'account_locked'

/** Changes one's own password. A wrong old password counts and locks as at sign-in. Roles: all. */
export async function changePassword(
  deps: AccessDeps,
  actor: Actor,
  input: ChangePasswordInput,
): Promise<Outcome<{ readonly sessionsEnded: number }, ChangePasswordCode>> {
  const row = await deps.store.transaction(scopeOf(actor), (tx) => accountById(tx, actor.account))
  if (row === null) throw new Error(`The account ${actor.account} of a session is not there.`)
  const checked = checkChange(row.username, input)
  if (!checked.ok) return checked
  const fits = await passwordFits(row.password_hash, input.oldPassword)
  const hash = fits ? await hashPassword(input.newPassword) : null
  return deps.store.transaction(scopeOf(actor), async (tx) => {
    const digest = usernameDigest(row.username)
    await queueAttempts(tx, digest)
    const since = new Date(deps.clock.now().getTime() - LOCK_MS)
    if (await isLocked(tx, digest, since)) return refusal(tx, deps, actor, LOCKED)
    if (hash === null || !(await setPassword(tx, row.id, row.password_hash, hash))) {
      await countFailure(tx, deps, digest)
      return refusal(tx, deps, actor, WRONG)
    }
    return done({ sessionsEnded: await recordChange(tx, deps, row, input.token) })
  })
}

function checkChange(
  username: string,
  { oldPassword, newPassword }: ChangePasswordInput,
): Outcome<null, 'password_weak' | 'password_unchanged'> {
  const strong = checkPassword(username, newPassword, 'newPassword')
  if (!strong.ok || oldPassword.normalize('NFKC') !== newPassword.normalize('NFKC')) return strong
  const remedy = 'Choose another one.'
  return refuse('password_unchanged', 'The new password is the old one.', remedy, { where: 'newPassword' })
}

async function recordChange(tx: Tx, deps: AccessDeps, row: AccountRow, token: string): Promise<number> {
  const at = deps.clock.now()
  await insertAttempt(tx, usernameDigest(row.username), at, true)
  const sessions = await closeOtherSessions(tx, row.id, tokenHash(token), at)
  const entry = { act: 'account.password.changed', actor: row.id, agency: row.agency, about: row.id } as const
  await append(tx, deps, { ...entry, facts: { sessions } })
  return sessions
}

async function refusal<R extends typeof LOCKED | typeof WRONG>(
  tx: Tx,
  deps: AccessDeps,
  { account, agency }: Actor,
  refused: R,
): Promise<R> {
  const entry = { act: 'account.password.refused', actor: account, agency, about: account } as const
  await append(tx, deps, { ...entry, facts: { reason: refused.problem.code } })
  return refused
}

const WRONG = refuse('password_wrong', 'The old password is not the right one.', 'Check it and try again.', {
  where: 'oldPassword',
})

const LOCKED = refuse(
  'account_locked',
  'The account is locked after too many wrong passwords in a row.',
  'Wait 30 minutes, or ask an administrator to release it.',
)
