import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { entries, freshUsername, open, openTestAccess, PASSWORD, type TestAccess } from './access.fixture.ts'
import { type Actor, INSTALLATION, ROLES } from './actor.ts'
import type { Agency } from './agency.ts'
import { type NewAccountInput, openAccount } from './open-account.ts'

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

function input(changes: Partial<NewAccountInput> = {}): NewAccountInput {
  const person = { username: freshUsername(), name: 'R. Ortiz', roles: ['investigator'] as const }
  return { ...person, agency: lakeside.id, password: PASSWORD, ...changes }
}

describe('openAccount', () => {
  it('by an administrator of the agency is kept, hashed and logged', async () => {
    const wanted = input({ username: ' Ortiz.R ', roles: ['supervisor', 'examiner', 'examiner'] })
    const outcome = await openAccount(deps, administrator, wanted)
    expect(outcome).toMatchObject({
      ok: true,
      value: { username: 'ortiz.r', roles: ['examiner', 'supervisor'], ori: 'CA0194200', state: 'open' },
    })
    const id = outcome.ok ? outcome.value.id : ''
    const { rows } = await deps.store.transaction({ agency: null }, (tx) =>
      sql<{ password_hash: string }>`select password_hash from account where id = ${id}`.execute(tx),
    )
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$/)
    const logged = (await entries(deps, 'account.opened')).find((entry) => entry.about === id)
    expect(logged).toMatchObject({ actor: administrator.account, facts: { roles: ['examiner', 'supervisor'] } })
    expect(JSON.stringify(logged)).not.toContain('Ortiz')
  })

  it.each([
    ['roles_conflict', { roles: ['administrator', 'investigator'] as const }],
    ['roles_conflict', { roles: ROLES }],
    ['roles_missing', { roles: [] }],
    ['username_malformed', { username: 'a b' }],
    ['username_malformed', { username: 'ab' }],
    ['username_malformed', { username: `a${'b'.repeat(64)}` }],
    ['name_missing', { name: ' ' }],
    ['password_weak', { password: 'elevenchars' }],
    ['password_weak', { password: 'x'.repeat(257) }],
    ['password_weak', { username: 'delgado', password: 'my name is Delgado!' }],
    ['agency_unknown', { agency: 'agcy_none' }],
  ])('refuses: %s %j', async (code, change) => {
    const before = (await entries(deps, 'account.opened')).length
    expect(await openAccount(deps, INSTALLATION, input(change))).toMatchObject({ ok: false, problem: { code } })
    expect(await entries(deps, 'account.opened')).toHaveLength(before)
  })

  it('never says a refused password back', async () => {
    const outcome = await openAccount(deps, INSTALLATION, input({ password: 'tiny-secret' }))
    expect(JSON.stringify(outcome)).not.toContain('tiny-secret')
  })

  it('refuses a username in use, whatever its case', async () => {
    await open(deps, lakeside, { username: 'taken.name' })
    const outcome = await openAccount(deps, INSTALLATION, input({ username: 'Taken.Name' }))
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'username_taken', where: 'username' } })
  })

  it('is for administrators, and only in their own agency', async () => {
    const supervisor = await open(deps, lakeside, { roles: ['supervisor'] })
    expect(await openAccount(deps, supervisor, input())).toMatchObject({ problem: { code: 'role_required' } })
    const foreign = await openAccount(deps, administrator, input({ agency: hillside.id }))
    expect(foreign).toMatchObject({ problem: { code: 'agency_unknown' } })
  })

  it('the database itself holds administrator and investigator apart', async () => {
    const attempt = deps.store.transaction({ agency: null }, (tx) =>
      sql`insert into account (id, username, name, agency, roles, password_hash, opened_at)
        values ('acct_x', 'xxx', 'X', ${lakeside.id}, array['administrator', 'investigator'], 'h', now())`.execute(tx),
    )
    await expect(attempt).rejects.toThrow(/account_roles_check/)
  })
})
