import { execFileSync, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answers, socketFolder, startEmbeddedPostgres } from './embedded-postgres.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countenance-pg-'))
})
// A server whose parent was killed still writes its last checkpoint when it no longer answers.
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 }))

describe('embedded PostgreSQL', () => {
  it('starts, refuses a second start on the same data, stops, and keeps the data', async () => {
    const first = await startEmbeddedPostgres({ folder, throwAway: true })
    expect(await answers(first.address)).toBe(true)
    await expect(startEmbeddedPostgres({ folder, throwAway: true })).rejects.toMatchObject({
      code: 'database_in_use',
      remedy: expect.stringContaining('COUNTENANCE_DATA'),
    })
    expect(await answers(first.address)).toBe(true)
    await first.stop()
    expect(await answers(first.address)).toBe(false)
    const again = await startEmbeddedPostgres({ folder, throwAway: true })
    expect(await answers(again.address)).toBe(true)
    await again.stop()
  })

  it('ends when the process that started it is killed', async () => {
    const script = `import { startEmbeddedPostgres } from '${join(import.meta.dirname, 'embedded-postgres.ts')}'
      await startEmbeddedPostgres({ folder: process.argv[1], throwAway: true }); console.log('ready'); setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((settle) => parent.stdout.once('data', settle))
    const address = { socketDir: socketFolder(folder) }
    expect(await answers(address)).toBe(true)
    parent.kill('SIGKILL')
    for (let turn = 0; turn < 100 && (await answers(address)); turn += 1) await sleep(100)
    expect(await answers(address)).toBe(false)
  })

  it('a first start cut off while the cluster was being made is begun anew', async () => {
    await mkdir(join(folder, 'postgres.new', 'base'), { recursive: true })
    await writeFile(join(folder, 'postgres.new', 'PG_VERSION'), '18\n')
    const server = await startEmbeddedPostgres({ folder, throwAway: true })
    expect(await answers(server.address)).toBe(true)
    await server.stop()
  })

  it('says in a sentence when its folder holds something else, or cannot be made', async () => {
    await mkdir(join(folder, 'postgres'))
    await writeFile(join(folder, 'postgres', 'letter.txt'), 'mine')
    const taken = startEmbeddedPostgres({ folder, throwAway: true })
    await expect(taken).rejects.toMatchObject({ code: 'database_unavailable', remedy: expect.stringMatching(/\.$/) })
    expect(await readFile(join(folder, 'postgres', 'letter.txt'), 'utf8')).toBe('mine')
    const nowhere = startEmbeddedPostgres({ folder: '/dev/null/data', throwAway: true })
    await expect(nowhere).rejects.toMatchObject({ remedy: expect.stringContaining('COUNTENANCE_DATA') })
  })

  it('listens on no network port', async () => {
    const server = await startEmbeddedPostgres({ folder, throwAway: true })
    const listeners = execFileSync('cat', ['/proc/net/tcp'], { encoding: 'utf8' })
    // 5432 = 0x1538, state 0A = listening
    expect(/:1538 0{8}:0{4} 0A/.test(listeners)).toBe(false)
    await server.stop()
  })

  it('a long data path still gets a socket path that fits', () => {
    expect(socketFolder(`/${'very-long-folder/'.repeat(12)}`).length).toBeLessThan(90)
    expect(socketFolder('/data')).toBe('/data/run')
  })
})
