import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileRequest } from './case.fixture.ts'
import { closeServer } from './close-server.ts'
import { createServer } from './create-server.ts'
import { acts, ask, openTestDoor, PASSWORD, send, signInAs, type TestDoor, upload } from './door.fixture.ts'
import { type Operation, operationsOf, perform } from './routes.fixture.ts'

let door: TestDoor
let operations: readonly Operation[]

beforeAll(async () => {
  door = await openTestDoor()
  operations = await operationsOf(door)
})

afterAll(() => door.close())

const MINUTE = 60_000
const withToken = (token: string) => ({ authorization: `Bearer ${token}` })

describe('every answer of the API', () => {
  it('good or not, stays out of caches, frames and other pages', async () => {
    for (const operation of operations.filter(
      (one) => one.path.startsWith('/api') && one.name !== 'DELETE /api/session',
    )) {
      for (const who of ['officer', null] as const) {
        const { headers } = await perform(door, who, operation)
        expect(headers['cache-control'], operation.name).toBe('no-store')
        expect(headers['content-security-policy'], operation.name).toContain("default-src 'none'")
        expect(headers['content-security-policy'], operation.name).toContain("frame-ancestors 'none'")
        expect(headers, operation.name).toMatchObject({
          ...{ 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' },
        })
        expect(headers['strict-transport-security'], operation.name).toBeUndefined()
        expect(headers['x-powered-by'], operation.name).toBeUndefined()
        expect(headers['access-control-allow-origin'], operation.name).toBeUndefined()
      }
    }
  })

  it.each(['/api/nothing', '/api/requests/%ZZ', `/api/requests/${'x'.repeat(500)}`])('also %s', async (url) => {
    const { headers, statusCode } = await door.app.inject({ url })
    expect(statusCode).toBeGreaterThanOrEqual(400)
    expect(headers['cache-control']).toBe('no-store')
  })

  it('allows no script, style or frame from elsewhere or inline', async () => {
    const policy = String((await ask(door, null, 'GET', '/api/welcome')).headers['content-security-policy'])
    expect(policy).not.toMatch(/unsafe-|https?:|\*/)
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toContain("form-action 'self'")
  })
})

describe('the cookie', () => {
  const payload = { username: 'officer', password: PASSWORD, acknowledged: true }

  it.each([
    [false, 'countenance_session', []],
    [true, '__Host-countenance_session', ['secure']],
  ] as const)('secure %s: %s', async (secureCookies, name, extra) => {
    const app = await createServer({ ...door.deps, secureCookies })
    const response = await app.inject({ method: 'POST', url: '/api/session', payload })
    const [first = '', ...attributes] = String(response.headers['set-cookie']).toLowerCase().split('; ')
    expect(first.startsWith(`${name.toLowerCase()}=`)).toBe(true)
    expect(attributes.sort()).toEqual(['httponly', 'path=/', 'samesite=strict', ...extra].sort())
    expect(response.headers['strict-transport-security'] !== undefined).toBe(secureCookies)
    const cookies = { [name]: response.json().token }
    const console = { 'x-countenance': 'console' }
    const gone = await app.inject({ method: 'DELETE', url: '/api/session', cookies, headers: console })
    expect(gone.cookies[0]).toMatchObject({ name, value: '', path: '/', httpOnly: true, sameSite: 'Strict' })
    await app.close()
  })

  it.each([undefined, '', 'Console', 'console2', 'true'])(
    'changes nothing when the console header is %j',
    async (value) => {
      const before = (await acts(door)).length
      const cookies = { countenance_session: door.staff.supervisor.token }
      const headers = value === undefined ? {} : { 'x-countenance': value }
      const url = '/api/policy/moratorium'
      const answer = await door.app.inject({ method: 'POST', url, cookies, headers, payload: { reason: 'Forged' } })
      expect(answer.json()).toMatchObject({ status: 403, code: 'console_header_required' })
      expect(await acts(door)).toHaveLength(before)
    },
  )
})

describe('the limits of a session', () => {
  it('rest: 29 minutes keep it, 30 lock it', async () => {
    const token = await signInAs(door.app, 'officer')
    const statuses = []
    for (const minutes of [29, 29, 30]) {
      door.clock.advance(minutes * MINUTE)
      statuses.push((await door.app.inject({ url: '/api/policy', headers: withToken(token) })).statusCode)
    }
    door.clock.advance(-88 * MINUTE)
    expect(statuses).toEqual([200, 200, 401])
  })

  it('12 hours end it, however much it is used', async () => {
    const token = await signInAs(door.app, 'officer')
    const look = () => door.app.inject({ url: '/api/policy', headers: withToken(token) })
    for (let turn = 1; turn < 36; turn += 1) {
      door.clock.advance(20 * MINUTE)
      expect((await look()).statusCode).toBe(200)
    }
    door.clock.advance(20 * MINUTE)
    const ended = await look()
    door.clock.advance(-720 * MINUTE)
    expect(ended.json()).toMatchObject({ status: 401, code: 'session_expired' })
    expect(ended.json().detail).toContain('12 hours')
  })
})

describe('the log at the door', () => {
  it("never gives another agency's entries, asked for by record or by page; a proof is hashes alone", async () => {
    const tokens = { mine: await signInAs(door.app, 'auditor'), theirs: await signInAs(door.app, 'neighbour') }
    door.staff.auditor = { ...door.staff.auditor, token: tokens.mine }
    door.staff.neighbour = { ...door.staff.neighbour, token: tokens.theirs }
    const foreign = await fileRequest(door, { beneficiaryOri: 'CA0194300' }, 'neighbour')
    const about = await ask(door, 'auditor', 'GET', `/api/log/entries?about=${foreign}`)
    expect(about.json().entries).toEqual([])
    const page = await ask(door, 'auditor', 'GET', '/api/log/entries?limit=200')
    expect(page.body).not.toContain(foreign)
    const { agency, account } = door.staff.neighbour.actor
    expect(page.body).not.toContain(agency)
    const seq = (await acts(door)).findLastIndex((entry) => entry.act === 'request.submitted')
    const proof = await ask(door, 'auditor', 'GET', `/api/log/entries/${seq}/proof`)
    expect(Object.keys(proof.json()).sort()).toEqual(['checkpoint', 'leafHash', 'path', 'root', 'seq', 'size'])
    for (const secret of [foreign, agency, account]) expect(proof.body).not.toContain(secret)
  })
})

it('a closing server lets an upload under way finish, and takes no new one', async () => {
  const app = await createServer(door.deps)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const { payload, headers } = upload('PERSON:mara:slow')
  const token = await signInAs(door.app, 'officer')
  const options = { port, host: '127.0.0.1', method: 'POST', path: '/api/probes' }
  const sending = httpRequest({
    ...options,
    headers: { ...headers, ...withToken(token), 'content-length': payload.length },
  })
  const answered = new Promise<number>((resolve, reject) => {
    sending.on('error', reject)
    sending.on('response', (response) => resolve(response.resume().statusCode ?? 0))
  })
  sending.write(payload.subarray(0, 20))
  await new Promise((resolve) => setTimeout(resolve, 150))
  const closing = closeServer(app)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
  sending.end(payload.subarray(20))
  expect(await answered).toBe(201)
  await closing
})

it('no password, token or key is in an answer, in the log or in an incident', async () => {
  const token = await signInAs(door.app, 'officer')
  const texts: string[] = []
  for (const operation of operations.filter(
    (one) => one.name !== 'DELETE /api/session' && one.name !== 'POST /api/session',
  )) {
    for (const who of ['supervisor', 'administrator'] as const) {
      door.staff[who] = { ...door.staff[who], token: await signInAs(door.app, who) }
      texts.push((await perform(door, who, operation)).body)
    }
  }
  texts.push((await send(door, 'officer', '/api/probes', upload('BROKEN'))).body)
  texts.push(
    JSON.stringify(await acts(door)),
    JSON.stringify(door.incidents.map((one) => [one.url, String(one.error)])),
  )
  const held = Object.values(door.staff).map((one) => one.token)
  for (const text of texts) {
    expect(text).not.toMatch(/argon2|PRIVATE KEY|token_hash|password_hash/)
    for (const secret of [PASSWORD, token, ...held]) expect(text).not.toContain(secret)
  }
  expect(texts.length).toBeGreaterThan(80)
})
