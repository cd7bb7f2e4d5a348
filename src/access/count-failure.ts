import type { Tx } from '../store/index.ts'
import type { AccessDeps } from './deps.ts'
import { failuresInARow, insertAttempt, insertLock } from './records-session.ts'
import { ATTEMPT_LIMIT, ATTEMPT_WINDOW_MS } from './session.ts'

/** Writes down a wrong password, and locks the username when it was one too many. */
export async function countFailure(tx: Tx, deps: Pick<AccessDeps, 'clock'>, digest: string): Promise<void> {
  const at = deps.clock.now()
  await insertAttempt(tx, digest, at, false)
  const failures = await failuresInARow(tx, digest, new Date(at.getTime() - ATTEMPT_WINDOW_MS))
  if (failures >= ATTEMPT_LIMIT) await insertLock(tx, digest, at)
}
