import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeServer } from './close-server.ts'
import { createServer } from './create-server.ts'
import { openTestDoor, type TestDoor } from './door.fixture.ts'

const HTML = { accept: 'text/html,application/xhtml+xml' }

let folder: string
let door: TestDoor

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countenance-web-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Console</title>')
  await writeFile(join(folder, 'assets', 'main-abc123.js'), 'export const x = 1')
  door = await openTestDoor({ webDir: folder })
})

afterAll(async () => {
  await door.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the console', () => {
  it.each(['/', '/requests/req_1', '/leads'])('opens its first page at %s, never from a cache', async (url) => {
    const response = await door.app.inject({ url, headers: HTML })
    expect(response.statusCode).toBe(200)
    expect(response.body).toContain('<title>Console</title>')
    expect(response.headers['cache-control']).toBe('no-cache')
  })

  it('keeps built files for good', async () => {
    const response = await door.app.inject({ url: '/assets/main-abc123.js' })
    expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  it('allows nothing inline and nothing from elsewhere', async () => {
    const { headers } = await door.app.inject({ url: '/', headers: HTML })
    const rules = String(headers['content-security-policy'])
    expect(rules).toContain("default-src 'none'")
    expect(rules).toContain("img-src 'self' blob: data:")
    expect(rules).toContain("frame-ancestors 'none'")
    expect(rules).not.toMatch(/unsafe|https?:|\*/)
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    expect(headers['strict-transport-security']).toBeUndefined()
  })

  it.each([
    ['/api/nothing', HTML],
    ['/assets/none.js', { accept: '*/*' }],
    ['/../../etc/passwd', { accept: '*/*' }],
  ])('is not opened by %s', async (url, headers) => {
    const response = await door.app.inject({ url, headers })
    expect(response.statusCode).toBe(404)
    expect(response.json().code).toBe('route_unknown')
  })

  it('is not opened by a change', async () => {
    const response = await door.app.inject({ method: 'POST', url: '/requests', headers: HTML })
    expect(response.statusCode).toBe(404)
  })
})

describe('closeServer', () => {
  it('does not wait for connections that only wait', async () => {
    const app = await createServer(door.deps)
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const idle = connect(port, '127.0.0.1')
    await new Promise((resolve) => idle.once('connect', resolve))
    idle.write('GET /health HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n\r\n')
    await new Promise((resolve) => idle.once('data', resolve))
    const started = performance.now()
    await closeServer(app)
    expect(performance.now() - started).toBeLessThan(3000)
    idle.destroy()
  })
})
