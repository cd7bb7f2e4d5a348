import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const MAIN = resolve(import.meta.dirname, '../main.ts')
/** Of docs/spec/cosignatures.md's log: any good key will do. */
const LOG_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'

let folder = ''
let child: ChildProcess | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countenance-witness-cli-'))
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

/** Runs the program where there is no database to be had; `until` ends it by SIGTERM. */
async function run(words: readonly string[], until?: RegExp) {
  const env = { ...process.env, COUNTENANCE_DATA: join(folder, 'data'), DATABASE_URL: 'postgres://127.0.0.1:1/none' }
  const own = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'witness', ...words], { env })
  child = own
  let said = ''
  for (const stream of [own.stdout, own.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (until?.test(said) && !own.killed) own.kill('SIGTERM')
    })
  }
  await once(own, 'close')
  return { said, code: own.exitCode }
}

describe('countenance witness', () => {
  it('says its key and where it listens, ends by SIGTERM, and touches nothing but its folder', async () => {
    const words = ['--folder', join(folder, 'w'), '--listen', '127.0.0.1:0', '--log', LOG_KEY]
    const first = await run([...words, '--name', 'oversight.example/witness'], /listens /)
    expect(first.said).toMatch(
      /^witness oversight\.example\/witness\nkey {5}oversight\.example\/witness\+[0-9a-f]{8}\+/,
    )
    expect(first.said).toMatch(/\nlistens http:\/\/127\.0\.0\.1:\d+\nStopped\.\n$/)
    expect(first.code).toBe(0)
    expect(existsSync(join(folder, 'data'))).toBe(false)
    expect(first.said).toContain((await readFile(join(folder, 'w', 'key'), 'utf8')).split('\n')[1])
    const second = await run(words, /listens /)
    expect(second.said.split('\n')[1]).toBe(first.said.split('\n')[1])
  })

  it('says in sentences why it does not start', async () => {
    const { said, code } = await run(['--folder', join(folder, 'w'), '--log', 'no such file'])
    expect(said).toContain('"no such file" is neither a verifier key nor a file of them.\n  Give --log')
    expect(said).toContain('(failure: log_unfit)')
    expect(code).toBe(1)
    expect((await run(['--folder', join(folder, 'w')])).said).toContain("required option '--log")
  })
})
