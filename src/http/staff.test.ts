import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acts, ask, openTestDoor, PASSWORD, type StaffName, signInAs, type TestDoor } from './door.fixture.ts'
import { BODIES } from './routes.fixture.ts'

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor()
})

afterAll(() => door.close())

const idOf = (who: StaffName) => door.staff[who].actor.account

function signIn(username: string, password = PASSWORD) {
  const payload = { username, password, acknowledged: true }
  return door.app.inject({ method: 'POST', url: '/api/session', payload })
}

async function lock(username: string): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await signIn(username, 'wrong')
}

const withToken = (token: string) => ({ authorization: `Bearer ${token}` })

describe('POST /api/accounts/{id}/release', () => {
  const release = (who: StaffName, of: string) => ask(door, who, 'POST', `/api/accounts/${of}/release`)

  it('lets somebody in again whom wrong passwords locked', async () => {
    await lock('third')
    expect((await signIn('third')).json().code).toBe('account_locked')
    expect((await release('administrator', idOf('third'))).json()).toEqual({ id: idOf('third'), state: 'open' })
    expect((await signIn('third')).statusCode).toBe(200)
    expect((await release('administrator', idOf('third'))).json()).toMatchObject({ status: 409, code: 'not_locked' })
  })

  it('is for administrators, of the own agency, never for oneself', async () => {
    await lock('neighbour')
    expect((await release('supervisor', idOf('third'))).json()).toMatchObject({ status: 403, code: 'role_required' })
    expect((await release('administrator', idOf('neighbour'))).json()).toMatchObject({ status: 404 })
    expect((await release('administrator', idOf('administrator'))).json()).toMatchObject({ code: 'own_account' })
    expect((await signIn('neighbour')).json().code).toBe('account_locked')
  })
})

describe('certificates', () => {
  const course = BODIES['POST /api/accounts/{id}/certificates'] ?? {}
  const issue = (who: StaffName, of: string, changes: object = {}) =>
    ask(door, who, 'POST', `/api/accounts/${of}/certificates`, { ...course, ...changes })

  it('issued, it counts at once; revoked, no more', async () => {
    const issued = await issue('supervisor', idOf('uncertified'))
    expect(issued.statusCode).toBe(201)
    expect(issued.json()).toMatchObject({ track: 'requester', valid: true, revokedAt: null })
    const own = async () => (await ask(door, 'uncertified', 'GET', '/api/session')).json().account.certificates
    expect(await own()).toMatchObject([{ track: 'requester' }])
    const url = `/api/certificates/${issued.json().id}/revocation`
    const revoked = await ask(door, 'supervisor', 'POST', url, { reason: 'issued_in_error' })
    expect(revoked.json()).toMatchObject({ id: issued.json().id, valid: false })
    expect(revoked.json().revokedAt).not.toBeNull()
    expect(await own()).toEqual([])
    const again = await ask(door, 'supervisor', 'POST', url, { reason: 'misuse' })
    expect(again.json()).toMatchObject({ status: 409, code: 'already_revoked' })
    const foreign = await ask(door, 'neighbourSupervisor', 'POST', url, { reason: 'misuse' })
    expect(foreign.json()).toMatchObject({ status: 404, code: 'not_found' })
    expect((await acts(door)).at(-1)?.act).toBe('record.withheld')
  })

  it.each([
    [422, 'score_below_pass_mark', { score: 0.1 }],
    [422, 'score_below_pass_mark', { score: 1e300 }],
    [422, 'course_missing', { course: ' ' }],
    [422, 'course_malformed', { course: 'a\nb' }],
    [422, 'text_too_long', { courseVersion: 'x'.repeat(51) }],
    [422, 'completion_date_unusable', { completedAt: '2030-01-01' }],
    [422, 'completion_date_unusable', { completedAt: '0000-01-01' }],
    [422, 'input_invalid', { track: 'driver' }],
    [422, 'input_invalid', { score: '0.9' }],
  ])('%i %s: %j', async (status, code, changes) => {
    const answer = await issue('supervisor', idOf('officer'), changes)
    expect(answer.json()).toMatchObject({ status, code, where: Object.keys(changes)[0] })
  })

  it('nobody certifies himself, or an account of another agency', async () => {
    expect((await issue('supervisor', idOf('supervisor'))).json()).toMatchObject({ code: 'self_certification' })
    expect((await issue('supervisor', idOf('neighbour'))).json()).toMatchObject({ status: 404 })
  })
})

describe('PUT /api/session/password', () => {
  const NEW = 'another phrase that is long'
  const change = (token: string, oldPassword: string, newPassword: string) =>
    door.app.inject({
      ...{ method: 'PUT', url: '/api/session/password', headers: withToken(token) },
      payload: { oldPassword, newPassword },
    })

  it('ends the other sessions and opens with the new password alone', async () => {
    const [mine, other] = [await signInAs(door.app, 'second'), await signInAs(door.app, 'second')]
    const answer = await change(mine, PASSWORD, NEW)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ sessionsEnded: 2 })
    expect((await door.app.inject({ url: '/api/session', headers: withToken(mine) })).statusCode).toBe(200)
    expect((await door.app.inject({ url: '/api/session', headers: withToken(other) })).statusCode).toBe(401)
    expect((await signIn('second')).statusCode).toBe(401)
    expect((await signIn('second', NEW)).statusCode).toBe(200)
  })

  it.each([
    ['password_wrong', 'oldPassword', 'not the old one', NEW],
    ['password_weak', 'newPassword', PASSWORD, 'short'],
    ['password_unchanged', 'newPassword', PASSWORD, PASSWORD],
  ])('422 %s names %s', async (code, where, before, after) => {
    const answer = await change(door.staff.first.token, before, after)
    expect(answer.json()).toMatchObject({ status: 422, code, where })
    expect(answer.body).not.toContain(before)
  })

  it('403 once wrong passwords locked the account', async () => {
    const token = await signInAs(door.app, 'custodian')
    for (let turn = 0; turn < 5; turn += 1) await change(token, 'wrong', NEW)
    expect((await change(token, PASSWORD, NEW)).json()).toMatchObject({ status: 403, code: 'account_locked' })
  })
})
