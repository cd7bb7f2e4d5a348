import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorNow, entries, open, openTestAccess, type TestAccess } from './access.fixture.ts'
import type { Actor } from './actor.ts'
import type { Agency } from './agency.ts'
import { listAccounts } from './list-accounts.ts'
import { suspendAccount } from './suspend-account.ts'

let deps: TestAccess['deps']
let lakeside: Agency
let hillside: Agency
let administrator: Actor

beforeAll(async () => {
  const access = await openTestAccess()
  deps = access.deps
  lakeside = access.lakeside
  hillside = access.hillside
  administrator = access.administrator
})

afterAll(() => deps.store.close())

describe('suspendAccount', () => {
  it('is logged with its reason, and shows in the list', async () => {
    const actor = await open(deps, lakeside, { name: 'S. Leaver' })
    const outcome = await suspendAccount(deps, administrator, { account: actor.account, reason: 'left_agency' })
    expect(outcome).toMatchObject({ ok: true, value: { id: actor.account, state: 'suspended' } })
    expect((await entries(deps, 'account.suspended')).at(-1)).toMatchObject({
      about: actor.account,
      actor: administrator.account,
      facts: { reason: 'left_agency' },
    })
    const list = await listAccounts(deps, administrator)
    const listed = list.ok ? list.value.find((account) => account.id === actor.account) : null
    expect(listed?.state).toBe('suspended')
    expect(await actorNow(deps, actor.account)).toBeNull()
    const again = await suspendAccount(deps, administrator, { account: actor.account, reason: 'left_agency' })
    expect(again).toMatchObject({ ok: false, problem: { code: 'already_suspended' } })
  })

  it('refuses investigators, oneself and unknown accounts', async () => {
    const actor = await open(deps, lakeside)
    const request = { account: administrator.account, reason: 'on_leave' } as const
    expect(await suspendAccount(deps, actor, request)).toMatchObject({ problem: { code: 'role_required' } })
    expect(await suspendAccount(deps, administrator, request)).toMatchObject({ problem: { code: 'own_account' } })
    const unknown = await suspendAccount(deps, administrator, { ...request, account: 'acct_none' })
    expect(unknown).toMatchObject({ problem: { code: 'not_found' } })
  })

  it("does not know another agency's account, and logs that it was asked for", async () => {
    const foreign = await open(deps, hillside)
    const request = { account: foreign.account, reason: 'on_leave' } as const
    expect(await suspendAccount(deps, administrator, request)).toMatchObject({ problem: { code: 'not_found' } })
    expect((await entries(deps, 'record.withheld')).at(-1)).toMatchObject({
      facts: { kind: 'account', id: foreign.account },
    })
    expect(await actorNow(deps, foreign.account)).not.toBeNull()
  })
})

describe('listAccounts', () => {
  it("holds the own agency's accounts, without password hashes", async () => {
    const foreign = await open(deps, hillside)
    const list = await listAccounts(deps, administrator)
    const accounts = list.ok ? list.value : []
    expect(accounts.map((account) => account.id)).toContain(administrator.account)
    expect(accounts.map((account) => account.id)).not.toContain(foreign.account)
    expect(JSON.stringify(accounts)).not.toContain('argon2')
  })

  it.each(['investigator', 'examiner', 'custodian'] as const)('is not for the %s', async (role) => {
    expect(await listAccounts(deps, { ...administrator, roles: [role] })).toMatchObject({ ok: false })
  })
})
