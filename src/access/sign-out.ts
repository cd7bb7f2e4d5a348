import { append } from '../audit/index.ts'
import type { AccessDeps } from './deps.ts'
import { accountById } from './records.ts'
import { closeSession, sessionByTokenHash } from './records-session.ts'
import { tokenHash } from './session.ts'

/** Ends the session; the token opens nothing from now on. A token of no open session is left alone. */
export async function signOut(deps: AccessDeps, token: string): Promise<void> {
  await deps.store.transaction({ agency: null }, async (tx) => {
    const session = await sessionByTokenHash(tx, tokenHash(token))
    if (session === null || !(await closeSession(tx, session.id, deps.clock.now()))) return
    const { account } = session
    const agency = (await accountById(tx, account))?.agency ?? null
    await append(tx, deps, { act: 'session.closed', actor: account, agency, about: account, facts: {} })
  })
}
