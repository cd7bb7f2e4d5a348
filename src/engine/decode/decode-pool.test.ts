import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { blankPng } from '../test-support.ts'
import { DEFAULT_POOL, type DecodePool, type DecodePoolOptions, openDecodePool } from './decode-pool.ts'

const NOTHING = new Uint8Array()
/** 36 megapixels: long enough to read that something can happen meanwhile. */
const SLOW = blankPng(6000, 6000)

let pool: DecodePool | undefined

function open(options: Partial<DecodePoolOptions> = {}): DecodePool {
  pool = openDecodePool({ ...DEFAULT_POOL, ...options })
  return pool
}

afterEach(() => pool?.close())

function runs(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

async function oneProcess(of: DecodePool): Promise<number> {
  expect(await of.run({ kind: 'ready' }, NOTHING)).toMatchObject({ end: 'answered', reply: { ok: true } })
  const [id = -1] = of.processIds()
  return id
}

describe('a decode process', () => {
  test('is used again for the next image', async () => {
    const decoders = open()
    const first = await oneProcess(decoders)
    expect(await decoders.run({ kind: 'pixels' }, blankPng(30, 20))).toMatchObject({
      end: 'answered',
      reply: { ok: true, width: 30, height: 20, orientation: 1 },
    })
    expect(decoders.processIds()).toEqual([first])
  })

  test('that is killed in the middle of an image costs that image alone', async () => {
    const decoders = open()
    const id = await oneProcess(decoders)
    const reading = decoders.run({ kind: 'pixels' }, SLOW)
    const next = decoders.run({ kind: 'pixels' }, blankPng(30, 20))
    process.kill(id, 'SIGKILL')
    expect(await reading).toEqual({ end: 'crashed' })
    expect(await next).toMatchObject({ end: 'answered', reply: { width: 30 } })
    expect(decoders.processIds()).not.toContain(id)
  })

  test('that takes too long is killed, and the next image is read', async () => {
    const decoders = open({ timeoutMilliseconds: 2000 })
    const id = await oneProcess(decoders)
    // Stopped, it can neither answer nor notice anything.
    process.kill(id, 'SIGSTOP')
    expect(await decoders.run({ kind: 'pixels' }, blankPng(30, 20))).toEqual({ end: 'timed_out' })
    await vi.waitFor(() => expect(runs(id)).toBe(false))
    expect(await decoders.run({ kind: 'ready' }, NOTHING)).toMatchObject({ end: 'answered' })
  })

  test('that needs more memory than allowed fails for that image alone', async () => {
    const decoders = open({ limits: { heapMegabytes: 64, dataMegabytes: 680 } })
    await oneProcess(decoders)
    const result = await decoders.run({ kind: 'pixels' }, SLOW)
    if (process.platform === 'linux') expect(result).not.toMatchObject({ reply: { ok: true } })
    expect(await decoders.run({ kind: 'pixels' }, blankPng(30, 20))).toMatchObject({ reply: { ok: true } })
  })

  test.runIf(process.platform === 'linux')('has no environment, a data limit and no core dump', async () => {
    const id = await oneProcess(open())
    const environment = await readFile(`/proc/${id}/environ`, 'latin1')
    expect(environment.split('\0').filter((entry) => entry && !/^(PWD|OLDPWD|SHLVL|_)=/.test(entry))).toEqual([])
    const limits = await readFile(`/proc/${id}/limits`, 'utf8')
    expect(limits).toMatch(new RegExp(`Max data size +${DEFAULT_POOL.limits.dataMegabytes * 1024 * 1024} `))
    expect(limits).toMatch(/Max core file size +0 /)
    expect(await readFile(`/proc/${id}/cmdline`, 'latin1')).toContain('--permission')
  })

  test.runIf(process.platform === 'linux')('has no network, where the system can take it away', async () => {
    const id = await oneProcess(open())
    const canUnshare = spawnSync('unshare', ['--user', '--net', 'true']).status === 0
    const devices = await readFile(`/proc/${id}/net/dev`, 'utf8')
    const names = [...devices.matchAll(/^ *(\w+):/gm)].map((line) => line[1])
    if (canUnshare) expect(names).toEqual(['lo'])
  })

  test("ends when the engine's process dies, even by a kill", async () => {
    const module = fileURLToPath(new URL('./decode-pool.ts', import.meta.url))
    const program = `
      const { openDecodePool, DEFAULT_POOL } = await import(${JSON.stringify(module)})
      const pool = openDecodePool(DEFAULT_POOL)
      await pool.run({ kind: 'ready' }, new Uint8Array())
      process.stdout.write(String(pool.processIds()[0]))
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const id = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)))
    expect(runs(id)).toBe(true)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(gone(id)).toBe(true), { timeout: 5000 })
  })
})

/** Ended; where nobody collects orphans, its empty shell may remain. */
function gone(id: number): boolean {
  if (!runs(id)) return true
  return existsSync(`/proc/${id}/status`) && !existsSync(`/proc/${id}/exe`)
}

describe('a pool', () => {
  test('answers busy when too many images wait', async () => {
    const decoders = open({ mostWaiting: 2 })
    await oneProcess(decoders)
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => decoders.run({ kind: 'ready' }, NOTHING)))
    // One is at work, two wait.
    expect(results.map((result) => result.end)).toEqual(['answered', 'answered', 'answered', 'busy', 'busy'])
  })

  test('starts as many processes as it may, and no more', async () => {
    const decoders = open({ processes: 2 })
    await Promise.all([1, 2, 3, 4].map(() => decoders.run({ kind: 'ready' }, NOTHING)))
    expect(decoders.processIds()).toHaveLength(2)
  })

  test('answers in the order of asking with one process', async () => {
    const decoders = open()
    const widths: number[] = []
    const ask = async (width: number) => {
      const result = await decoders.run({ kind: 'pixels' }, blankPng(width, 8))
      if (result.end === 'answered' && result.reply.ok) widths.push(result.reply.width)
    }
    await Promise.all([40, 10, 30, 20].map(ask))
    expect(widths).toEqual([40, 10, 30, 20])
  })

  test('once closed, ends its processes and every image that waits', async () => {
    const decoders = open()
    const id = await oneProcess(decoders)
    const reading = decoders.run({ kind: 'pixels' }, SLOW)
    const waiting = decoders.run({ kind: 'pixels' }, SLOW)
    decoders.close()
    expect(await reading).toEqual({ end: 'crashed' })
    expect(await waiting).toEqual({ end: 'crashed' })
    expect(await decoders.run({ kind: 'ready' }, NOTHING)).toEqual({ end: 'crashed' })
    await vi.waitFor(() => expect(runs(id)).toBe(false))
  })
})
