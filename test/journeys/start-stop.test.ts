import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT, type RunningServer, startServer } from '../running-server.ts'

/** Starting, stopping and starting again, as a person at a terminal meets it. */
let server: RunningServer
beforeAll(async () => {
  server = await startServer()
}, 120_000)
afterAll(() => server?.stop())

function tryStart(settings: Readonly<Record<string, string>>): Promise<{ code: number; out: string }> {
  const env = { ...process.env, COUNTENANCE_DATA: server.folder, COUNTENANCE_PORT: '0', ...settings }
  return new Promise((settle) => {
    execFile(process.execPath, [join(ROOT, 'src/main.ts'), 'serve'], { env, timeout: 30_000 }, (error, out, err) => {
      settle({ code: error === null ? 0 : Number(error.code ?? 1), out: out + err })
    })
  })
}

async function logSize(): Promise<number> {
  const auditor = await server.signIn('haddad')
  return (await auditor.get('/api/log')).body.size
}

describe('starting', () => {
  it('a second start on the same data is refused in a sentence, and the first goes on', async () => {
    const second = await tryStart({})
    expect(second.code).toBe(1)
    expect(second.out).toMatch(/already running on this data folder.*COUNTENANCE_DATA/)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })

  it.each([
    [{ COUNTENANCE_PORT: 'eighty' }, /COUNTENANCE_PORT must be a whole number/],
    [{ COUNTENANCE_PROT: '1' }, /COUNTENANCE_PROT is not a setting/],
    [{ DATABASE_URL: 'mysql://db/faces' }, /DATABASE_URL must begin with postgres/],
    [{ DATABASE_URL: 'postgres://127.0.0.1:9/faces' }, /database cannot be reached/],
  ])('%j stops the start with one sentence and no stack', async (settings, sentence) => {
    const start = await tryStart(settings)
    expect(start.code).toBe(1)
    expect(start.out).toMatch(sentence)
    expect(start.out).not.toMatch(/\n\s+at /)
  })

  it('stopped, it ends cleanly; started again, it keeps the data and the sign-ins and loads nothing twice', async () => {
    const before = await logSize()
    expect(await server.kill('SIGTERM')).toBe(0)
    server = await startServer({ COUNTENANCE_DATA: server.folder })
    expect(server.output()).not.toMatch(/First run/)
    expect(await logSize()).toBeGreaterThan(before)
    const custodian = await server.signIn('duarte')
    expect((await custodian.get('/api/gallery')).body.counts.subjects).toBe(60)
  })

  it('killed without warning, it starts again and the log verifies', async () => {
    await server.kill('SIGKILL')
    server = await startServer({ COUNTENANCE_DATA: server.folder })
    expect((await server.cli(['doctor'])).out).toMatch(/entries verify/)
  })

  it('a named port that is taken is refused in a sentence', async () => {
    await server.kill('SIGTERM')
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((settle) => taken.once('listening', settle))
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const start = await tryStart({ COUNTENANCE_PORT: String(port) })
    taken.close()
    expect(start.code).toBe(1)
    expect(start.out).toMatch(new RegExp(`Port ${port} is in use.*COUNTENANCE_PORT`))
  })
})
