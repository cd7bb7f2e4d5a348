import { sha256Hex } from '../base/index.ts'
import { sql, type Tx } from '../store/index.ts'
import type { SessionTimes } from './session.ts'

/** What attempts and locks hang on: the same for a username that exists and one that does not. */
export function usernameDigest(username: string): string {
  return sha256Hex(`sign-in/${username}`)
}

/** From here to the end of the transaction, attempts with this username wait for one another. */
export async function queueAttempts(tx: Tx, digest: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${digest}, 200))`.execute(tx)
}

/** Whether the username was locked after `since` and not released. */
export async function isLocked(tx: Tx, digest: string, since: Date): Promise<boolean> {
  return (await lockedDigests(tx, [digest], since)).has(digest)
}

export async function insertAttempt(tx: Tx, digest: string, at: Date, succeeded: boolean): Promise<void> {
  await sql`insert into sign_in_attempt (username_digest, at, succeeded)
    values (${digest}, ${at}, ${succeeded})`.execute(tx)
}

/** Failures after `since`, after the last success and after the last release. */
export async function failuresInARow(tx: Tx, digest: string, since: Date): Promise<number> {
  const { rows } = await sql<{ failures: number }>`select count(*) as failures from sign_in_attempt
    where username_digest = ${digest} and not succeeded and at > ${since} and place > coalesce(
      (select max(place) from sign_in_attempt where username_digest = ${digest} and succeeded), 0)
      and place > coalesce((select released_after from sign_in_lock where username_digest = ${digest}), 0)`.execute(tx)
  return rows[0]?.failures ?? 0
}

export async function insertLock(tx: Tx, digest: string, at: Date): Promise<void> {
  await sql`insert into sign_in_lock (username_digest, locked_at) values (${digest}, ${at})
    on conflict (username_digest) do update
    set locked_at = excluded.locked_at, released_after = null`.execute(tx)
}

/** Ends the lock now; failures up to here count no longer. */
export async function releaseLock(tx: Tx, digest: string): Promise<void> {
  await sql`update sign_in_lock set released_after = coalesce(
      (select max(place) from sign_in_attempt where username_digest = ${digest}), 0)
    where username_digest = ${digest}`.execute(tx)
}

/** Which of these digests were locked after `since` and not released. */
export async function lockedDigests(tx: Tx, digests: readonly string[], since: Date): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ username_digest: string }>`select username_digest from sign_in_lock
    where locked_at > ${since} and released_after is null and username_digest = any(${[...digests]}::text[])`.execute(
    tx,
  )
  return new Set(rows.map((row) => row.username_digest))
}

export interface NewSession {
  readonly id: string
  readonly tokenHash: string
  readonly account: string
  readonly at: Date
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await sql`insert into session (id, token_hash, account, opened_at, seen_at)
    values (${session.id}, ${session.tokenHash}, ${session.account}, ${session.at}, ${session.at})`.execute(tx)
}

export interface SessionRow extends SessionTimes {
  readonly id: string
  readonly account: string
}

export async function sessionByTokenHash(tx: Tx, tokenHash: string): Promise<SessionRow | null> {
  const { rows } = await sql<SessionRow>`select id, account, opened_at as "openedAt", seen_at as "seenAt",
    closed_at as "closedAt" from session where token_hash = ${tokenHash}`.execute(tx)
  return rows[0] ?? null
}

export async function setSeen(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update session set seen_at = ${at} where id = ${id}`.execute(tx)
}

/** False when it was closed already. */
export async function closeSession(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`update session set closed_at = ${at}
    where id = ${id} and closed_at is null returning id`.execute(tx)
  return rows.length > 0
}

export async function closeSessionsOf(tx: Tx, account: string, at: Date): Promise<void> {
  await sql`update session set closed_at = ${at} where account = ${account} and closed_at is null`.execute(tx)
}

/** How many there were. */
export async function closeOtherSessions(tx: Tx, account: string, kept: string, at: Date): Promise<number> {
  const { rows } = await sql`update session set closed_at = ${at}
    where account = ${account} and token_hash <> ${kept} and closed_at is null returning id`.execute(tx)
  return rows.length
}
