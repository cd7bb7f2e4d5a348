import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { randomIds, systemClock } from '../base/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { listAgencies } from './records.ts'
import { setUpAgency } from './set-up-agency.ts'
import { signIn } from './sign-in.ts'

const agency = { ori: 'CA0194200', name: 'Lakeside Police', caseNumberPattern: '^\\d{4}$', caseNumberExample: '1234' }
const administrator = { username: 'keller', name: 'Jo Keller', password: 'a long enough phrase' }

let store: TestStore
beforeEach(async () => {
  store = await openTestStore()
})
afterEach(() => store.close())

const deps = () => ({ store, clock: systemClock, ids: randomIds })

describe('setUpAgency', () => {
  it('makes the agency and an administrator who can sign in, once', async () => {
    const made = await setUpAgency(deps(), { agency, administrator })
    expect(made).toMatchObject({ ok: true, value: { username: 'keller', roles: ['administrator'] } })
    const session = await signIn(deps(), { ...administrator, acknowledged: true })
    expect(session).toMatchObject({ ok: true, value: { actor: { ori: 'CA0194200', roles: ['administrator'] } } })
    const again = await setUpAgency(deps(), { agency: { ...agency, ori: 'CA0194300' }, administrator })
    expect(again).toMatchObject({ ok: false, problem: { code: 'already_set_up' } })
    expect(await store.transaction({ agency: null }, listAgencies)).toHaveLength(1)
  })

  it.each([
    ['password_weak', { administrator: { ...administrator, password: 'short' } }],
    ['ori_malformed', { agency: { ...agency, ori: 'X' } }],
    ['case_number_pattern_unusable', { agency: { ...agency, caseNumberExample: 'abc' } }],
  ])('refuses %s and leaves nothing', async (code, change) => {
    const refused = await setUpAgency(deps(), { agency, administrator, ...change })
    expect(refused).toMatchObject({ ok: false, problem: { code } })
    expect(await store.transaction({ agency: null }, listAgencies)).toHaveLength(0)
  })

  it('goes on where it stopped: an agency without any account is used', async () => {
    const refused = await setUpAgency(deps(), { agency, administrator: { ...administrator, username: 'x!' } })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'username_malformed' } })
    expect(await setUpAgency(deps(), { agency, administrator })).toMatchObject({ ok: true })
    expect(await store.transaction({ agency: null }, listAgencies)).toHaveLength(1)
  })
})
