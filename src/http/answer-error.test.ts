import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done } from '../base/index.ts'
import { StoreError, sql } from '../store/index.ts'
import { createServer } from './create-server.ts'
import { ask, openTestDoor, send, type TestDoor, upload } from './door.fixture.ts'

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor()
})

afterAll(() => door.close())

/** The answer of a server whose log throws. */
async function askBroken(error: unknown) {
  const checkpoint = async () => {
    throw error
  }
  const app = await createServer({ ...door.deps, log: { ...door.deps.log, checkpoint } })
  const headers = { authorization: `Bearer ${door.staff.officer.token}` }
  const response = await app.inject({ url: '/api/log', headers })
  await app.close()
  return response
}

describe('the unexpected', () => {
  it('is told as an incident and nothing of its inside; the operator gets it all', async () => {
    const response = await askBroken(new Error('select secret from somewhere failed at 10.0.0.7'))
    expect(response.statusCode).toBe(500)
    const body = response.json()
    expect(body).toMatchObject({ code: 'unexpected', status: 500 })
    expect(response.body).not.toMatch(/secret|10\.0\.0\.7|at .*\.ts/)
    expect(body.facts.incident).toMatch(/^inc_/)
    expect(body.remedy).toContain(body.facts.incident)
    expect(door.incidents.at(-1)).toMatchObject({ id: body.facts.incident, method: 'GET', url: '/api/log' })
    expect(String(door.incidents.at(-1)?.error)).toContain('10.0.0.7')
  })

  it('may be anything that can be thrown', async () => {
    expect((await askBroken('a string')).json().code).toBe('unexpected')
    expect((await askBroken(undefined)).json().code).toBe('unexpected')
  })

  it.each([
    [503, 'database_unavailable'],
    [507, 'disk_full'],
  ] as const)('%i for the storage error %s, in words of the door', async (status, code) => {
    const response = await askBroken(new StoreError(code, 'inner words /srv/path', 'inner remedy'))
    expect(response.statusCode).toBe(status)
    expect(response.json()).toMatchObject({ code, status })
    expect(response.body).not.toContain('inner')
  })

  it('503 for everything while the log cannot be written, without the cause', async () => {
    const failing = Object.assign(new Error('inner words /srv/path'), { name: 'AuditError', code: 'log_failing' })
    const response = await askBroken(failing)
    expect(response.statusCode).toBe(503)
    expect(response.json()).toMatchObject({ code: 'log_failing', status: 503 })
    expect(response.json().detail).toContain('nothing was done')
    expect(response.body).not.toContain('inner')
  })

  it('500 for another fault of the log', async () => {
    const response = await askBroken(Object.assign(new Error('inner'), { name: 'AuditError', code: 'log_damaged' }))
    expect(response.json()).toMatchObject({ code: 'unexpected', status: 500 })
  })

  it('500 for a storage error that is nobody else to mend', async () => {
    const response = await askBroken(new StoreError('blob_damaged', 'inner words', 'inner remedy'))
    expect(response.json().code).toBe('unexpected')
    expect(response.body).not.toContain('inner')
  })
})

describe('the request itself', () => {
  const token = () => ({ authorization: `Bearer ${door.staff.officer.token}` })

  it('400 for JSON that is none', async () => {
    const headers = { ...token(), 'content-type': 'application/json' }
    const response = await door.app.inject({ method: 'POST', url: '/api/requests', payload: '{"a":', headers })
    expect(response.statusCode).toBe(400)
    expect(response.json().code).toBe('body_unreadable')
  })

  it('415 for another media type', async () => {
    for (const type of ['text/plain', 'application/xml']) {
      const headers = { ...token(), 'content-type': type }
      const response = await door.app.inject({ method: 'POST', url: '/api/requests', payload: 'x', headers })
      expect(response.statusCode).toBe(415)
      expect(response.json().code).toBe('media_type_unsupported')
    }
    const json = await ask(door, 'officer', 'POST', '/api/probes', {})
    expect(json.statusCode).toBe(415)
  })

  it('413 for a body of more than 256 KiB', async () => {
    const response = await ask(door, 'officer', 'POST', '/api/requests', { x: 'x'.repeat(300_000) })
    expect(response.statusCode).toBe(413)
    expect(response.json().code).toBe('body_too_large')
  })

  it('413 for a file over 25 MiB, and for two files', async () => {
    const large = await send(door, 'officer', '/api/probes', upload(Buffer.alloc(25 * 1024 * 1024 + 1)))
    expect(large.statusCode).toBe(413)
    expect(large.json()).toMatchObject({ code: 'upload_too_large' })
    const two = await send(door, 'officer', '/api/probes', upload('x', {}, 2))
    expect(two.statusCode).toBe(413)
    expect(two.json()).toMatchObject({ code: 'too_many_files' })
  })

  it('422 without a file', async () => {
    const response = await send(door, 'officer', '/api/probes', upload(null, { note: 'x' }))
    expect(response.json()).toMatchObject({ status: 422, code: 'image_missing', where: 'image' })
  })

  it('401 comes before anything of the body is read', async () => {
    const response = await send(door, null, '/api/probes', upload(Buffer.alloc(26 * 1024 * 1024)))
    expect(response.statusCode).toBe(401)
  })

  it('404 for an address that is none, in and outside the API', async () => {
    for (const url of ['/api/nothing', '/nothing', '/api/requests/%ZZ']) {
      const response = await door.app.inject({ url, headers: token() })
      expect(response.headers['content-type']).toContain('application/problem+json')
      expect([404, 400]).toContain(response.statusCode)
    }
  })
})

it('a room that answers with more than the contract fails loudly instead of leaking', async () => {
  const leaking = {
    ...door.deps.log,
    proof: async () => done({ seq: 0, size: 1, leafHash: 'a', path: [], root: 'b', checkpoint: null, key: 'SECRET' }),
  }
  const app = await createServer({ ...door.deps, log: leaking })
  const headers = { authorization: `Bearer ${door.staff.officer.token}` }
  const response = await app.inject({ url: '/api/log/entries/0/proof', headers })
  expect(response.statusCode).toBe(500)
  expect(response.body).not.toContain('SECRET')
  await app.close()
})

it('503 for every act while the log cannot be written, and nothing of it happens', async () => {
  const health = (failing: boolean) =>
    door.store.transaction({ agency: null }, (tx) =>
      failing
        ? sql`update log_health set failing_since = now(), code = 'disk_full', reason = 'Full.'`.execute(tx)
        : sql`update log_health set failing_since = null, code = null, reason = null`.execute(tx),
    )
  const probes = async () =>
    (await door.store.transaction({ agency: null }, (tx) => sql`select count(*) from sealed_blob`.execute(tx))).rows
  const before = await probes()
  await health(true)
  const incidents = door.incidents.length
  const payload = { username: 'officer', password: 'whatever it is', acknowledged: true }
  const answers = [
    await door.app.inject({ method: 'POST', url: '/api/session', payload }),
    await send(door, 'officer', '/api/probes', upload('PERSON:mara:probe')),
    await ask(door, 'auditor', 'GET', '/api/log/entries'),
  ]
  for (const answer of answers) expect(answer.json()).toMatchObject({ status: 503, code: 'log_failing' })
  expect((await ask(door, 'officer', 'GET', '/api/log')).statusCode).toBe(200)
  await health(false)
  expect(await probes()).toEqual(before)
  expect(door.incidents).toHaveLength(incidents)
})

it('503 for everything while the database is away, and nothing is an incident', async () => {
  const store: typeof door.store = Object.create(door.store)
  const gone = () => Promise.reject(new StoreError('database_unavailable', 'inner words', 'inner remedy'))
  Object.assign(store, { transaction: gone, act: gone })
  const app = await createServer({ ...door.deps, store })
  const incidents = door.incidents.length
  const headers = { authorization: `Bearer ${door.staff.officer.token}` }
  const payload = { username: 'officer', password: 'whatever it is', acknowledged: true }
  const body = upload('PERSON:mara:probe')
  const answers = [
    await app.inject({ url: '/api/requests', headers }),
    await app.inject({ method: 'POST', url: '/api/session', payload }),
    await app.inject({
      method: 'POST',
      url: '/api/probes',
      payload: body.payload,
      headers: { ...body.headers, ...headers },
    }),
  ]
  for (const answer of answers) expect(answer.json()).toMatchObject({ status: 503, code: 'database_unavailable' })
  expect(door.incidents).toHaveLength(incidents)
  await app.close()
})
