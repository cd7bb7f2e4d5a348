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
import type { Agency } from './agency.ts'
import { ABSOLUTE_LIMIT_MS } from './session.ts'
import { signIn } from './sign-in.ts'
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

function enter(changes: { username?: string; password?: string; acknowledged?: boolean } = {}) {
  return signIn(deps, { username, password: PASSWORD, acknowledged: true, ...changes })
}

describe('signIn', () => {
  it('opens a session for the person, and logs it', async () => {
    const outcome = await enter({ username: ` ${username.toUpperCase()} ` })
    expect(outcome).toMatchObject({
      ok: true,
      value: { actor: { account, agency: lakeside.id, ori: 'CA0194200', name: 'P. Quill', roles: ['examiner'] } },
    })
    const ends = outcome.ok ? Date.parse(outcome.value.expiresAt) : 0
    expect(ends - deps.clock.now().getTime()).toBe(ABSOLUTE_LIMIT_MS)
    expect((await entries(deps)).at(-1)).toMatchObject({
      act: 'session.opened',
      actor: account,
      facts: { method: 'password' },
    })
  })

  it('keeps the token as a hash alone', async () => {
    const secret = await tokenFor(deps, username)
    const { rows } = await deps.store.transaction({ agency: null }, (tx) => sql`select * from session`.execute(tx))
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(JSON.stringify(rows)).toContain(account)
  })

  it('needs the use notice acknowledged, and logs the refusal', async () => {
    expect(codeOf(await enter({ acknowledged: false }))).toBe('banner_not_acknowledged')
    expect((await entries(deps)).at(-1)).toMatchObject({
      act: 'session.refused',
      actor: null,
      facts: { reason: 'banner_not_acknowledged', account },
    })
  })

  it('says the same of a wrong password and an unknown username, and logs no username', async () => {
    const wrong = await enter({ password: 'not the phrase' })
    expect((await entries(deps)).at(-1)).toMatchObject({
      act: 'session.refused',
      facts: { reason: 'credentials_wrong', account },
    })
    const unknown = await enter({ username: 'nobody.at.all' })
    expect(wrong).toMatchObject({ ok: false, problem: { code: 'credentials_wrong' } })
    expect(unknown).toEqual(wrong)
    const entry = (await entries(deps)).at(-1)
    expect(entry).toMatchObject({ act: 'session.refused', agency: null, about: null })
    expect(entry?.facts).toEqual({ reason: 'credentials_wrong' })
    expect(JSON.stringify(entry)).not.toContain('nobody')
  })

  it('tells of a suspension only who has the password', async () => {
    await suspendAccount(deps, administrator, { account, reason: 'under_review' })
    expect(codeOf(await enter({ password: 'not the phrase' }))).toBe('credentials_wrong')
    expect(codeOf(await enter())).toBe('account_suspended')
  })
})

it('no entry, no session: when the log cannot be written the sign-in fails', async () => {
  const times = [deps.clock.now(), deps.clock.now(), deps.clock.now()]
  const now = () => {
    const time = times.shift()
    if (time === undefined) throw new Error('The entry cannot be stamped.')
    return time
  }
  const broken = { ...deps, clock: { now } }
  const attempt = signIn(broken, { username, password: PASSWORD, acknowledged: true })
  await expect(attempt).rejects.toThrow('The entry cannot be stamped.')
  expect(times).toHaveLength(0)
  const { rows } = await deps.store.transaction({ agency: null }, (tx) =>
    sql`select 1 from session where account = ${account}`.execute(tx),
  )
  expect(rows).toHaveLength(0)
})

describe('a username that cannot be one', () => {
  it.each([
    ['NUL', 'a\u0000b'],
    ['half a character', 'abc\ud800'],
    ['SQL', "x'; drop table account; --"],
    ['200 characters', 'x'.repeat(200)],
    ['nothing', ''],
    ['an argument of a path', '../../etc/passwd'],
  ])('%s is answered like any wrong one', async (_name, strange) => {
    const outcome = await enter({ username: strange })
    expect(codeOf(outcome)).toBe('credentials_wrong')
    expect((await entries(deps)).at(-1)).toMatchObject({
      act: 'session.refused',
      facts: { reason: 'credentials_wrong' },
    })
  })
})
