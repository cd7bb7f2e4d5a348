import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AuditLog, append, openLog } from '../audit/index.ts'
import { createServer } from './create-server.ts'
import { openTestDoor, type TestDoor } from './door.fixture.ts'

let door: TestDoor
let app: FastifyInstance
let log: AuditLog
let parent: string
beforeAll(async () => {
  door = await openTestDoor()
  parent = await mkdtemp(join(tmpdir(), 'countenance-served-'))
  const { clock, store } = door.deps
  const options = { origin: 'countenance.test/log', signingKey: randomBytes(32), clock, folder: join(parent, 'log') }
  log = openLog(store, options)
  app = await createServer({ ...door.deps, log })
  await store.transaction({ agency: null }, async (tx) => {
    const entry = { act: 'server.started', actor: null, agency: null, about: null, facts: { version: '1' } } as const
    for (let count = 0; count < 300; count += 1) await append(tx, { clock }, entry)
  })
  await (await log.startIntegrator()).stop()
})
afterAll(async () => {
  await app.close()
  await door.close()
  await rm(parent, { recursive: true, force: true })
})

const get = (path: string, who?: keyof TestDoor['staff'], method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
  app.inject({ method, url: path, headers: who ? { authorization: `Bearer ${door.staff[who].token}` } : {} })

describe('the folder of the log under /log/', () => {
  it('gives the checkpoint to anybody, to be asked for again each time', async () => {
    const answer = await get('/log/checkpoint')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' })
    expect(answer.body).toBe((await log.checkpoint()).note)
  })

  it('gives full tiles of hashes, to be kept for ever, and partial ones', async () => {
    const full = await get('/log/tile/0/000')
    expect(full.statusCode).toBe(200)
    expect(full.rawPayload).toHaveLength(256 * 32)
    expect(full.headers).toMatchObject({
      ...{ 'content-type': 'application/octet-stream' },
      'cache-control': 'public, max-age=31536000, immutable',
    })
    const size = Number((await get('/log/checkpoint')).body.split('\n')[1])
    const partial = await get(`/log/tile/0/001.p/${size - 256}`)
    expect(partial.rawPayload).toHaveLength((size - 256) * 32)
    expect(partial.headers['cache-control']).toBe('no-cache')
    expect((await get('/log/tile/0/000', undefined, 'HEAD')).statusCode).toBe(200)
  })

  it('gives the entries only to auditors and supervisors, and that is an entry', async () => {
    for (const url of ['/log/tile/entries/000', '/log/tile%2Fentries/000', '/log/tile/entries%2F000']) {
      expect((await get(url)).statusCode, url).toBe(401)
      expect((await get(url, 'officer')).statusCode, url).toBe(403)
    }
    const answer = await get('/log/tile/entries/000', 'auditor')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['cache-control']).toBe('private, max-age=31536000, immutable')
    expect(answer.body).toContain('"act":"server.started"')
    const [newest] = (await log.entries({ limit: 1 }, null)).entries
    expect(newest).toMatchObject({
      ...{ act: 'log.read', actor: door.staff.auditor.actor.account, facts: { first: 0, last: 255 } },
    })
  })

  it.each(['/log/tile/0/007', '/log/tile/0/000.p/3', '/log/tile/9/000'])('has nothing at %s', async (url) => {
    const answer = await get(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ code: 'not_found' })
  })

  it.each([
    '/log/',
    '/log/tile',
    '/log/tile/0',
    '/log/tile/0/',
    '/log/.drafts/x',
    '/log/../keys/log.key',
    '/log/%2e%2e/secret',
    '/log/tile/0/..%2f..%2f..%2fsecret',
    '/log/tile/00/000',
    '/log/checkpoint/',
  ])('gives out no other file, and no list: %s', async (url) => {
    await writeFile(join(parent, 'secret'), 'SECRET')
    await writeFile(join(parent, 'log', '.drafts', 'x'), 'SECRET')
    const answer = await get(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toContain('SECRET')
    expect(answer.body).not.toContain('000')
  })

  it('cannot be written to', async () => {
    expect((await get('/log/checkpoint', 'auditor', 'POST')).statusCode).toBe(404)
  })

  it('is empty where the server keeps no folder', async () => {
    expect((await door.app.inject({ url: '/log/checkpoint' })).statusCode).toBe(404)
  })
})
