import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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
import { listAccounts } from './list-accounts.ts'
import { ATTEMPT_LIMIT, LOCK_MS } from './session.ts'
import { signIn } from './sign-in.ts'

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

async function failTimes(count: number, name = username): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await enter({ username: name, password: 'wrong' })
}

const MINUTE = 60_000

describe('the lock', () => {
  it('comes with the 5th failure: the 6th attempt is refused with the right password', async () => {
    await failTimes(ATTEMPT_LIMIT - 1)
    expect(codeOf(await enter({ password: 'wrong' }))).toBe('credentials_wrong')
    expect(codeOf(await enter())).toBe('account_locked')
    expect((await entries(deps)).at(-1)).toMatchObject({
      act: 'session.refused',
      facts: { reason: 'account_locked', account },
    })
  })

  it('does not come with the 4th', async () => {
    await failTimes(ATTEMPT_LIMIT - 1)
    expect(codeOf(await enter())).toBe('ok')
  })

  it('counts failures in a row: a success starts over', async () => {
    await failTimes(ATTEMPT_LIMIT - 1)
    await tokenFor(deps, username)
    await failTimes(ATTEMPT_LIMIT - 1)
    await tokenFor(deps, username)
    await failTimes(ATTEMPT_LIMIT)
    expect(codeOf(await enter())).toBe('account_locked')
  })

  it('counts 15 minutes back', async () => {
    await failTimes(ATTEMPT_LIMIT - 1)
    deps.clock.advance(15 * MINUTE)
    await failTimes(1)
    expect(codeOf(await enter())).toBe('ok')
  })

  it('ends by itself after 30 minutes', async () => {
    await failTimes(ATTEMPT_LIMIT)
    deps.clock.advance(LOCK_MS - 1)
    expect(codeOf(await enter())).toBe('account_locked')
    deps.clock.advance(1)
    expect(codeOf(await enter())).toBe('ok')
  })

  it('comes again after it ended', async () => {
    await failTimes(ATTEMPT_LIMIT)
    deps.clock.advance(LOCK_MS)
    await failTimes(ATTEMPT_LIMIT)
    expect(codeOf(await enter())).toBe('account_locked')
  })

  it('treats an unknown username alike, so that it does not tell who exists', async () => {
    await failTimes(ATTEMPT_LIMIT, 'nobody.here')
    const unknown = await enter({ username: 'nobody.here' })
    await failTimes(ATTEMPT_LIMIT)
    expect(await enter()).toEqual(unknown)
  })

  it('holds against guesses made at once', async () => {
    const guesses = Array.from({ length: 8 }, () => enter({ password: 'wrong' }))
    const codes = (await Promise.all(guesses)).map(codeOf)
    expect(codes.filter((one) => one === 'credentials_wrong')).toHaveLength(ATTEMPT_LIMIT)
    expect(codes.filter((one) => one === 'account_locked')).toHaveLength(3)
  })

  it('shows in the list of accounts, and hits nobody else', async () => {
    await failTimes(ATTEMPT_LIMIT)
    const list = await listAccounts(deps, administrator)
    const states = new Map(list.ok ? list.value.map((one) => [one.id, one.state]) : [])
    expect(states.get(account)).toBe('locked')
    expect(states.get(administrator.account)).toBe('open')
  })
})
