import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import {
  codeOf,
  entries,
  freshUsername,
  open,
  openTestAccess,
  PASSWORD,
  type TestAccess,
  tokenFor,
} from './access.fixture.ts'
import type { Actor } from './actor.ts'
import { changePassword } from './change-password.ts'
import { resolveSession } from './resolve-session.ts'
import { ATTEMPT_LIMIT, LOCK_MS } from './session.ts'
import { signIn } from './sign-in.ts'

const NEW = 'another phrase that is long'

let access: TestAccess
let deps: TestAccess['deps']
let username: string
let actor: Actor
let token: string

beforeAll(async () => {
  access = await openTestAccess()
  ;({ deps } = access)
})

beforeEach(async () => {
  deps.clock.advance(24 * 60 * 60_000)
  username = freshUsername()
  actor = await open(deps, access.lakeside, { username, roles: ['examiner'] })
  token = await tokenFor(deps, username)
})

afterAll(() => deps.store.close())

const enter = (password: string) => signIn(deps, { username, password, acknowledged: true })

function change(changes: { oldPassword?: string; newPassword?: string; token?: string } = {}) {
  return changePassword(deps, actor, { token, oldPassword: PASSWORD, newPassword: NEW, ...changes })
}

async function keptHash(): Promise<string | undefined> {
  const { rows } = await deps.store.transaction({ agency: null }, (tx) =>
    sql<{ password_hash: string }>`select password_hash from account where id = ${actor.account}`.execute(tx),
  )
  return rows[0]?.password_hash
}

describe('changePassword', () => {
  it('opens with the new password from now on and with the old no more', async () => {
    expect(codeOf(await change())).toBe('ok')
    expect(codeOf(await enter(PASSWORD))).toBe('credentials_wrong')
    expect(codeOf(await enter(NEW))).toBe('ok')
    expect(await keptHash()).toMatch(/^\$argon2id\$/)
  })

  it('ends every other session of the account and keeps the one that asked', async () => {
    const others = [await tokenFor(deps, username), await tokenFor(deps, username)]
    const stranger = freshUsername()
    await open(deps, access.lakeside, { username: stranger })
    const strangers = await tokenFor(deps, stranger)
    expect(await change()).toEqual({ ok: true, value: { sessionsEnded: 2 } })
    for (const other of others) expect(codeOf(await resolveSession(deps, other))).toBe('session_required')
    expect(codeOf(await resolveSession(deps, token))).toBe('ok')
    expect(codeOf(await resolveSession(deps, strangers))).toBe('ok')
  })

  it('is logged, without either password', async () => {
    await tokenFor(deps, username)
    await change()
    const entry = (await entries(deps)).at(-1)
    const { account, agency } = actor
    expect(entry).toMatchObject({ act: 'account.password.changed', actor: account, agency, about: account })
    expect(entry?.facts).toEqual({ sessions: 1 })
    expect(JSON.stringify(await entries(deps))).not.toMatch(new RegExp(`${PASSWORD}|${NEW}|argon2`))
  })

  it.each([
    ['password_weak', { newPassword: 'elevenchars' }],
    ['password_weak', { newPassword: '' }],
    ['password_weak', { newPassword: 'x'.repeat(257) }],
    ['password_unchanged', { newPassword: PASSWORD }],
    ['password_unchanged', { newPassword: PASSWORD.replace('a', 'ａ'), oldPassword: PASSWORD }],
  ])('refuses: %s %j, and names the field', async (code, changes) => {
    const hash = await keptHash()
    expect(await change(changes)).toMatchObject({ ok: false, problem: { code, where: 'newPassword' } })
    expect(await keptHash()).toBe(hash)
  })

  it('refuses a new password that holds the username', async () => {
    const outcome = await change({ newPassword: `my ${username.toUpperCase()} phrase` })
    expect(outcome).toMatchObject({ problem: { code: 'password_weak', where: 'newPassword' } })
    expect(JSON.stringify(outcome)).not.toContain(username.toUpperCase())
  })

  it('refuses a wrong old password, and that is an entry', async () => {
    const other = await tokenFor(deps, username)
    expect(await change({ oldPassword: 'wrong' })).toMatchObject({
      problem: { code: 'password_wrong', where: 'oldPassword' },
    })
    expect((await entries(deps)).at(-1)).toMatchObject({
      act: 'account.password.refused',
      actor: actor.account,
      facts: { reason: 'password_wrong' },
    })
    expect(codeOf(await enter(PASSWORD))).toBe('ok')
    expect(codeOf(await resolveSession(deps, other))).toBe('ok')
  })

  it('cannot be used to guess: wrong old passwords lock as wrong sign-ins do', async () => {
    for (let turn = 0; turn < ATTEMPT_LIMIT; turn += 1) await change({ oldPassword: 'wrong' })
    expect(codeOf(await change())).toBe('account_locked')
    expect((await entries(deps)).at(-1)?.facts).toEqual({ reason: 'account_locked' })
    expect(codeOf(await enter(PASSWORD))).toBe('account_locked')
    deps.clock.advance(LOCK_MS)
    expect(codeOf(await change())).toBe('ok')
  })

  it('counts together with wrong sign-ins, and a right one starts over', async () => {
    for (let turn = 0; turn < ATTEMPT_LIMIT - 1; turn += 1) await enter('wrong')
    expect(codeOf(await change())).toBe('ok')
    for (let turn = 0; turn < ATTEMPT_LIMIT - 1; turn += 1) await enter('wrong')
    expect(codeOf(await enter(NEW))).toBe('ok')
  })

  it('done twice at once with the same old password is done once', async () => {
    const outcomes = await Promise.all([change(), change({ newPassword: 'a third phrase that is long' })])
    expect(outcomes.map(codeOf).sort()).toEqual(['ok', 'password_wrong'])
    expect(codeOf(await enter(PASSWORD))).toBe('credentials_wrong')
  })

  it('a sign-in under way with the old password opens nothing once it is changed', async () => {
    const store: typeof deps.store = Object.create(deps.store)
    let changed = false
    // Between reading the hash and opening the session, the password changes.
    store.transaction = async (scope, work) => {
      const value = await deps.store.transaction(scope, work)
      if (!changed) {
        changed = true
        expect(codeOf(await change())).toBe('ok')
      }
      return value
    }
    const late = await signIn({ ...deps, store }, { username, password: PASSWORD, acknowledged: true })
    expect(codeOf(late)).toBe('credentials_wrong')
    expect((await entries(deps)).at(-1)).toMatchObject({ act: 'session.refused' })
  })

  it('no entry, no change: when the log cannot be written the password stays', async () => {
    const hash = await keptHash()
    let readings = 0
    const now = () => {
      readings += 1
      if (readings > 2) throw new Error('The entry cannot be stamped.')
      return deps.clock.now()
    }
    const input = { token, oldPassword: PASSWORD, newPassword: NEW }
    await expect(changePassword({ ...deps, clock: { now } }, actor, input)).rejects.toThrow('cannot be stamped')
    expect(await keptHash()).toBe(hash)
  })
})
