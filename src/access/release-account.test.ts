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
import { type Actor, ROLES } from './actor.ts'
import { listAccounts } from './list-accounts.ts'
import { releaseAccount } from './release-account.ts'
import { resolveSession } from './resolve-session.ts'
import { ATTEMPT_LIMIT, LOCK_MS } from './session.ts'
import { signIn } from './sign-in.ts'
import { suspendAccount } from './suspend-account.ts'

let access: TestAccess
let deps: TestAccess['deps']
let administrator: Actor
let username: string
let account: string

beforeAll(async () => {
  access = await openTestAccess()
  ;({ deps, administrator } = access)
})

beforeEach(async () => {
  deps.clock.advance(24 * 60 * 60_000)
  username = freshUsername()
  account = (await open(deps, access.lakeside, { username, roles: ['examiner'] })).account
})

afterAll(() => deps.store.close())

async function failTimes(count: number, name = username): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await signIn(deps, { username: name, password: 'wrong', acknowledged: true })
  }
}

const enter = () => signIn(deps, { username, password: PASSWORD, acknowledged: true })
const release = (by = administrator, of = account) => releaseAccount(deps, by, { account: of })

async function listedState(): Promise<string | undefined> {
  const list = await listAccounts(deps, administrator)
  return list.ok ? list.value.find((one) => one.id === account)?.state : undefined
}

describe('releaseAccount', () => {
  it('opens a locked username at once, shows in the list, and is logged', async () => {
    await failTimes(ATTEMPT_LIMIT)
    expect(await listedState()).toBe('locked')
    expect(await release()).toMatchObject({ ok: true, value: { id: account, state: 'open' } })
    expect(await listedState()).toBe('open')
    const entry = (await entries(deps)).at(-1)
    const { account: actor, agency } = administrator
    expect(entry).toMatchObject({ act: 'account.released', actor, agency, about: account, facts: {} })
    expect(codeOf(await enter())).toBe('ok')
  })

  it('starts the count over: the failures before it lock nobody again', async () => {
    await failTimes(ATTEMPT_LIMIT)
    await release()
    await failTimes(ATTEMPT_LIMIT - 1)
    expect(await listedState()).toBe('open')
    await failTimes(1)
    expect(codeOf(await enter())).toBe('account_locked')
  })

  it('can be needed again: a second lock is released like the first', async () => {
    for (const _ of [1, 2]) {
      await failTimes(ATTEMPT_LIMIT)
      expect(codeOf(await enter())).toBe('account_locked')
      expect(codeOf(await release())).toBe('ok')
    }
    expect(codeOf(await enter())).toBe('ok')
  })

  it.each([
    ['never locked', async () => {}],
    ['not yet locked', () => failTimes(ATTEMPT_LIMIT - 1)],
    ['no longer locked', () => failTimes(ATTEMPT_LIMIT).then(() => deps.clock.advance(LOCK_MS))],
    ['released already', () => failTimes(ATTEMPT_LIMIT).then(() => release())],
  ])('refuses what is %s, and logs nothing', async (_state, prepare) => {
    await prepare()
    const before = (await entries(deps)).length
    expect(codeOf(await release())).toBe('not_locked')
    expect(await entries(deps)).toHaveLength(before)
  })

  it('ends no suspension', async () => {
    await failTimes(ATTEMPT_LIMIT)
    await suspendAccount(deps, administrator, { account, reason: 'under_review' })
    expect(await release()).toMatchObject({ ok: true, value: { state: 'suspended' } })
    expect(codeOf(await enter())).toBe('account_suspended')
  })

  it.each(ROLES.filter((role) => role !== 'administrator'))('is not for the %s', async (role) => {
    await failTimes(ATTEMPT_LIMIT)
    expect(codeOf(await release({ ...administrator, roles: [role] }))).toBe('role_required')
    expect(codeOf(await enter())).toBe('account_locked')
  })

  it('is never for oneself', async () => {
    const own = await open(deps, access.lakeside, { username: freshUsername(), roles: ['administrator'] })
    expect(codeOf(await release(own, own.account))).toBe('own_account')
  })

  it("does not know another agency's account, and logs that it was asked for", async () => {
    const name = freshUsername()
    const foreign = await open(deps, access.hillside, { username: name })
    await failTimes(ATTEMPT_LIMIT, name)
    expect(codeOf(await release(administrator, foreign.account))).toBe('not_found')
    const facts = { kind: 'account', id: foreign.account }
    expect((await entries(deps)).at(-1)).toMatchObject({ act: 'record.withheld', facts })
    expect(codeOf(await signIn(deps, { username: name, password: PASSWORD, acknowledged: true }))).toBe(
      'account_locked',
    )
    expect(codeOf(await release(administrator, 'acct_none'))).toBe('not_found')
    expect((await entries(deps)).at(-1)?.act).toBe('session.refused')
  })

  it('done twice at once is done once', async () => {
    await failTimes(ATTEMPT_LIMIT)
    const codes = (await Promise.all([release(), release()])).map(codeOf).sort()
    expect(codes).toEqual(['not_locked', 'ok'])
    const released = (await entries(deps, 'account.released')).filter((entry) => entry.about === account)
    expect(released).toHaveLength(1)
  })

  it('leaves sessions alone', async () => {
    const token = await tokenFor(deps, username)
    await failTimes(ATTEMPT_LIMIT)
    await release()
    expect(codeOf(await resolveSession(deps, token))).toBe('ok')
  })
})
