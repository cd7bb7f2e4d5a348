import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, entries, freshUsername, open, openTestAccess, type TestAccess, tokenFor } from './access.fixture.ts'
import type { Actor } from './actor.ts'
import type { Agency } from './agency.ts'
import { readSession, resolveSession } from './resolve-session.ts'
import { IDLE_LIMIT_MS } from './session.ts'
import { signOut } from './sign-out.ts'
import { suspendAccount } from './suspend-account.ts'

let deps: TestAccess['deps']
let lakeside: Agency
let administrator: Actor
let username: string
let account: string

beforeAll(async () => {
  const access = await openTestAccess()
  deps = access.deps
  lakeside = access.lakeside
  administrator = access.administrator
})

beforeEach(async () => {
  deps.clock.advance(24 * 60 * 60_000)
  username = freshUsername()
  account = (await open(deps, lakeside, { username, roles: ['examiner'] })).account
})

afterAll(() => deps.store.close())

const MINUTE = 60_000

describe('a session', () => {
  it('answers to its token', async () => {
    expect(await resolveSession(deps, await tokenFor(deps, username))).toMatchObject({ ok: true, value: { account } })
  })

  it.each(['', 'no-such-token', 'x'.repeat(500)])('does not answer to %j', async (text) => {
    expect(codeOf(await resolveSession(deps, text))).toBe('session_required')
  })

  it('locks after 30 minutes without use', async () => {
    const secret = await tokenFor(deps, username)
    deps.clock.advance(IDLE_LIMIT_MS)
    expect(codeOf(await resolveSession(deps, secret))).toBe('session_expired')
  })

  it('lives on while it is used, to the 12th hour and no longer', async () => {
    const secret = await tokenFor(deps, username)
    const opened = await readSession(deps, secret)
    for (let quarter = 1; quarter < 48; quarter += 1) {
      deps.clock.advance(15 * MINUTE)
      expect(codeOf(await resolveSession(deps, secret))).toBe('ok')
    }
    expect(await readSession(deps, secret)).toEqual(opened)
    deps.clock.advance(15 * MINUTE)
    const ended = await resolveSession(deps, secret)
    expect(ended).toMatchObject({ ok: false, problem: { code: 'session_expired' } })
    expect(ended.ok ? '' : ended.problem.message).toContain('12 hours')
  })

  it('ends when signed out, once', async () => {
    const secret = await tokenFor(deps, username)
    await signOut(deps, secret)
    const closed = (await entries(deps)).at(-1)
    expect(closed).toMatchObject({ act: 'session.closed', actor: account, agency: lakeside.id })
    expect(codeOf(await resolveSession(deps, secret))).toBe('session_required')
    await signOut(deps, secret)
    await signOut(deps, 'no-such-token')
    expect((await entries(deps)).at(-1)).toEqual(closed)
  })

  it('ends with the suspension of its account; other sessions go on', async () => {
    const [one, other] = [await tokenFor(deps, username), await tokenFor(deps, username)]
    await signOut(deps, one)
    expect(codeOf(await resolveSession(deps, other))).toBe('ok')
    await suspendAccount(deps, administrator, { account, reason: 'password_exposed' })
    expect(codeOf(await resolveSession(deps, other))).toBe('session_required')
  })
})
