import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acts, ask, openTestDoor, PASSWORD, signInAs, type TestDoor } from './door.fixture.ts'

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor()
})

afterAll(() => door.close())

function signIn(changes: object = {}, headers: Record<string, string> = {}) {
  const payload = { username: 'officer', password: PASSWORD, acknowledged: true, ...changes }
  return door.app.inject({ method: 'POST', url: '/api/session', payload, headers })
}

describe('POST /api/session', () => {
  it('opens a session: person, certificates, token, cookie', async () => {
    const response = await signIn()
    expect(response.statusCode).toBe(200)
    const { actor } = door.staff.officer
    expect(response.json()).toMatchObject({
      account: {
        id: actor.account,
        name: 'Name of officer',
        agency: { id: actor.agency, ori: 'CA0194200', name: 'Lakeside Police' },
        roles: ['investigator'],
        certificates: [{ track: 'requester' }],
      },
      idleLockMinutes: 30,
    })
    const cookie = response.cookies[0]
    expect(cookie).toMatchObject({ name: 'countenance_session', httpOnly: true, sameSite: 'Strict', path: '/' })
    expect(cookie?.value).toBe(response.json().token)
    expect(cookie).not.toHaveProperty('maxAge')
    expect(response.headers['cache-control']).toBe('no-store')
  })

  it.each([
    [401, 'credentials_wrong', { password: 'wrong' }],
    [401, 'credentials_wrong', { username: 'nobody' }],
    [422, 'banner_not_acknowledged', { acknowledged: false }],
    [422, 'input_invalid', { acknowledged: 'yes' }],
    [422, 'input_invalid', { password: '' }],
    [422, 'input_invalid', { extra: 1 }],
  ])('answers %i %s to %j', async (status, code, changes) => {
    const response = await signIn(changes)
    expect(response.statusCode).toBe(status)
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(response.json()).toMatchObject({ type: 'about:blank', status, code })
    expect(response.json().remedy).not.toBe('')
    expect(response.cookies).toEqual([])
  })

  it('names the field that cannot be used', async () => {
    expect((await signIn({ username: 7 })).json().where).toBe('username')
    expect((await signIn({ extra: 1 })).json().where).toBe('extra')
  })

  it('says 403 once locked and when suspended', async () => {
    for (let turn = 0; turn < 5; turn += 1) await signIn({ username: 'third', password: 'wrong' })
    const locked = await signIn({ username: 'third' })
    expect(locked.statusCode).toBe(403)
    expect(locked.json().code).toBe('account_locked')
  })
})

describe('the session', () => {
  it('is read with a bearer token or the cookie, without telling the token', async () => {
    const token = await signInAs(door.app, 'officer')
    const byHeader = await door.app.inject({ url: '/api/session', headers: { authorization: `Bearer ${token}` } })
    const byCookie = await door.app.inject({ url: '/api/session', cookies: { countenance_session: token } })
    expect(byHeader.statusCode).toBe(200)
    expect(byCookie.json()).toEqual(byHeader.json())
    expect(byHeader.body).not.toContain(token)
  })

  it('ends by signing out: the token opens nothing and the cookie is cleared', async () => {
    const token = await signInAs(door.app, 'officer')
    const headers = { authorization: `Bearer ${token}` }
    const response = await door.app.inject({ method: 'DELETE', url: '/api/session', headers })
    expect(response.statusCode).toBe(204)
    expect(response.cookies[0]).toMatchObject({ name: 'countenance_session', value: '' })
    const after = await door.app.inject({ url: '/api/session', headers })
    expect(after.statusCode).toBe(401)
    expect(after.json().code).toBe('session_required')
    expect((await acts(door)).at(-1)?.act).toBe('session.closed')
  })

  it('locks after 30 minutes', async () => {
    const token = await signInAs(door.app, 'officer')
    door.clock.advance(31 * 60_000)
    const response = await door.app.inject({ url: '/api/session', headers: { authorization: `Bearer ${token}` } })
    door.clock.advance(-31 * 60_000)
    expect(response.statusCode).toBe(401)
    expect(response.json().code).toBe('session_expired')
  })

  it('leaves out certificates that no longer count', async () => {
    expect((await ask(door, 'uncertified', 'GET', '/api/session')).json().account.certificates).toEqual([])
  })
})

describe('a change made with the cookie', () => {
  it('needs the header of the console', async () => {
    const token = await signInAs(door.app, 'officer')
    const cookies = { countenance_session: token }
    const forged = await door.app.inject({ method: 'DELETE', url: '/api/session', cookies })
    expect(forged.statusCode).toBe(403)
    expect(forged.json().code).toBe('console_header_required')
    const headers = { 'x-countenance': 'console' }
    const genuine = await door.app.inject({ method: 'DELETE', url: '/api/session', cookies, headers })
    expect(genuine.statusCode).toBe(204)
  })
})

it('over https the cookie is bound to the host and secure', async () => {
  const secure = await openTestDoor({ secureCookies: true })
  const payload = { username: 'officer', password: PASSWORD, acknowledged: true }
  const response = await secure.app.inject({ method: 'POST', url: '/api/session', payload })
  expect(response.cookies[0]).toMatchObject({ name: '__Host-countenance_session', secure: true, path: '/' })
  expect(response.cookies[0]).not.toHaveProperty('domain')
  expect(response.headers['strict-transport-security']).toContain('max-age=')
  const cookies = { '__Host-countenance_session': response.json().token }
  expect((await secure.app.inject({ url: '/api/session', cookies })).statusCode).toBe(200)
  expect(
    (await secure.app.inject({ url: '/api/session', cookies: { countenance_session: response.json().token } }))
      .statusCode,
  ).toBe(401)
  await secure.close()
})

it('sign-in is slowed down per address', async () => {
  const slow = await openTestDoor()
  const limited = await import('./create-server.ts').then(({ createServer }) =>
    createServer({ ...slow.deps, signInsPerMinute: 2 }),
  )
  const payload = { username: 'officer', password: 'wrong', acknowledged: true }
  const statuses = []
  for (let turn = 0; turn < 3; turn += 1) {
    statuses.push((await limited.inject({ method: 'POST', url: '/api/session', payload })).statusCode)
  }
  expect(statuses).toEqual([401, 401, 429])
  const refused = await limited.inject({ method: 'POST', url: '/api/session', payload })
  expect(refused.json()).toMatchObject({ status: 429, code: 'too_many_attempts' })
  expect((await limited.inject({ url: '/health' })).statusCode).toBe(200)
  await limited.close()
  await slow.close()
})

describe('before signing in', () => {
  it('the notice and the health can be read, and no more', async () => {
    const welcome = await ask(door, null, 'GET', '/api/welcome')
    expect(welcome.json()).toMatchObject({ version: '0.1.0-test' })
    expect(welcome.json().banner).toContain('monitored, recorded and audited')
    expect((await ask(door, null, 'GET', '/health')).json()).toEqual({ status: 'ok', version: '0.1.0-test' })
  })
})
