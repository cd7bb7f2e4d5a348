import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { featureRecord } from './embedder-record.ts'
import { EngineError } from './engine-error.ts'
import { type EngineManifest, engineManifest } from './model-manifest.ts'
import type { PipelineTask } from './pipeline.ts'
import { openPipelinePool, type PipelinePool } from './pipeline-pool.ts'
import { gradientPixels, weightsReady } from './test-support.ts'

// The real threads with the real networks; only their start is watched, so that a test can end one from outside.
const { started } = vi.hoisted(() => ({ started: [] as Worker[] }))
vi.mock('node:worker_threads', async (load) => {
  const real = await load<typeof import('node:worker_threads')>()
  class WatchedWorker extends real.Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given)
      started.push(this)
    }
  }
  return { ...real, Worker: WatchedWorker }
})

/** One embedder is enough here. */
const SMALL: EngineManifest = { ...engineManifest, embedders: [{ ...featureRecord, share: 1 }] }

let weightsDir = ''
let folder = ''
beforeAll(async () => {
  weightsDir = await weightsReady()
  folder = await mkdtemp(join(tmpdir(), 'countenance-pool-test-'))
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const open: PipelinePool[] = []
afterEach(async () => {
  for (const pool of open.splice(0)) await pool.close()
  started.length = 0
})

async function openPool(given: Partial<Parameters<typeof openPipelinePool>[0]> = {}): Promise<PipelinePool> {
  const pool = await openPipelinePool({
    manifest: SMALL,
    weightsDir,
    threads: 1,
    mostWaiting: 8,
    mostWaitingBytes: 1e9,
    ...given,
  })
  open.push(pool)
  return pool
}

function task(width = 64, height = 64): PipelineTask {
  return { pixels: gradientPixels(width, height), jpegQuality: null, embed: 'all' }
}

const NOTHING_FOUND = { end: 'done', result: { faces: [], vector: null } }
const ends = async (all: readonly Promise<{ readonly end: string }>[]) => (await Promise.all(all)).map(({ end }) => end)

function startedThread(number: number): Worker {
  const worker = started[number]
  if (worker === undefined) throw new Error(`Thread ${number} was not started.`)
  return worker
}

/** Ends a thread as a crash of the runtime would. */
async function kill(number: number): Promise<void> {
  await startedThread(number).terminate()
}

describe('tasks', () => {
  test('are answered by a thread; the pixels move there', async () => {
    const pool = await openPool()
    const given = task()
    expect(await pool.run(given)).toEqual(NOTHING_FOUND)
    expect(given.pixels.data).toHaveLength(0)
    expect(started).toHaveLength(1)
  })

  test('pixels that are part of a larger buffer are copied, so that nothing else moves with them', async () => {
    const pool = await openPool()
    const { width, height, data } = gradientPixels(32, 32)
    const larger = new Uint8Array(data.length + 100).fill(7)
    larger.set(data, 50)
    const part = larger.subarray(50, 50 + data.length)
    expect(await pool.run({ ...task(), pixels: { width, height, data: part } })).toEqual(NOTHING_FOUND)
    expect(larger[0]).toBe(7)
    expect(part).toEqual(data)
  })

  test('more than there are threads wait their turn', async () => {
    const pool = await openPool({ threads: 2 })
    expect(await ends([1, 2, 3, 4, 5].map(() => pool.run(task())))).toEqual(Array(5).fill('done'))
    expect(started).toHaveLength(2)
  })

  test('one more than may wait is told that the engine is busy, and later ones are taken again', async () => {
    const pool = await openPool({ mostWaiting: 2 })
    expect(await ends([1, 2, 3, 4, 5].map(() => pool.run(task())))).toEqual(['done', 'done', 'done', 'busy', 'busy'])
    expect(await pool.run(task())).toEqual(NOTHING_FOUND)
  })

  test('pixels that weigh too much may not pile up either', async () => {
    const pool = await openPool({ mostWaitingBytes: 1 })
    expect(await ends([1, 2, 3].map(() => pool.run(task())))).toEqual(['done', 'done', 'busy'])
  })

  test('a fault of the networks is told, and the thread goes on', async () => {
    // The embedder has one output where a detector has two.
    const pool = await openPool({ manifest: { ...SMALL, detectors: [featureRecord] } })
    const message = 'The detector fr-feature-512 gave no boxes and scores.'
    expect(await pool.run(task())).toEqual({ end: 'failed', message })
    expect(await pool.run(task())).toEqual({ end: 'failed', message })
    expect(started).toHaveLength(1)
  })
})

describe('a thread that dies', () => {
  test('loses its task alone; the next one gets a new thread', async () => {
    const pool = await openPool()
    const [first, second] = [pool.run(task(2000, 2000)), pool.run(task())]
    await kill(0)
    expect(await first).toEqual({ end: 'lost' })
    expect(await second).toEqual(NOTHING_FOUND)
    expect(started).toHaveLength(2)
  })

  test('while it is idle loses nothing and is replaced when it is next needed', async () => {
    const pool = await openPool()
    await kill(0)
    expect(started).toHaveLength(1)
    expect(await pool.run(task())).toEqual(NOTHING_FOUND)
    expect(started).toHaveLength(2)
  })

  test('while it starts again loses the task it was started for, not the one behind it', async () => {
    const pool = await openPool()
    await kill(0)
    const [first, second, third] = [pool.run(task()), pool.run(task()), pool.run(task())]
    await kill(1)
    expect(await ends([first, second, third])).toEqual(['lost', 'done', 'done'])
    expect(started).toHaveLength(3)
  })

  test('leaves the other threads alone', async () => {
    const pool = await openPool({ threads: 2 })
    const [first, second] = [pool.run(task(1000, 1000)), pool.run(task())]
    await kill(0)
    expect(await ends([first, second])).toEqual(['lost', 'done'])
  })

  test('and cannot be started again, because the weights are gone, loses each task without an end', async () => {
    const dir = join(folder, 'vanishing')
    await cp(weightsDir, dir, { recursive: true })
    const pool = await openPool({ weightsDir: dir })
    await rm(dir, { recursive: true })
    await kill(0)
    expect(await ends([pool.run(task()), pool.run(task())])).toEqual(['lost', 'lost'])
    await cp(weightsDir, dir, { recursive: true })
    expect(await pool.run(task())).toEqual(NOTHING_FOUND)
  })
})

describe('closing', () => {
  test('lets the running task end and tells those that wait', async () => {
    const pool = await openPool()
    const all = [pool.run(task(400, 400)), pool.run(task()), pool.run(task())]
    await pool.close()
    expect(await ends(all)).toEqual(['done', 'closed', 'closed'])
    expect(await pool.run(task())).toEqual({ end: 'closed' })
  })

  test('ends every thread', async () => {
    const pool = await openPool({ threads: 2 })
    const ended = started.map((worker) => new Promise<number>((settle) => worker.once('exit', settle)))
    await pool.close()
    expect(await Promise.all(ended)).toEqual([0, 0])
  })

  test('with a dead thread, and twice, is no trouble', async () => {
    const pool = await openPool()
    await kill(0)
    await pool.close()
    await pool.close()
    expect(await pool.run(task())).toEqual({ end: 'closed' })
  })
})

describe('a pool that cannot be opened', () => {
  async function errorOf(given: Partial<Parameters<typeof openPipelinePool>[0]>): Promise<EngineError> {
    const error: unknown = await openPool(given).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(EngineError)
    return error as EngineError
  }

  test('says which weights are missing, across the thread', async () => {
    const error = await errorOf({ weightsDir: join(folder, 'nowhere'), threads: 2 })
    expect(error.code).toBe('weight_missing')
    expect(error.message).toContain(join(folder, 'nowhere', 'fr_feature.onnx'))
    expect(error.message).toContain('node tools/fetch-weights.mjs')
  })

  test('says which weights are not the right ones', async () => {
    const embedders = [{ ...featureRecord, share: 1, sourceSha256: '0'.repeat(64) }] as const
    expect((await errorOf({ manifest: { ...SMALL, embedders } })).code).toBe('weight_hash_differs')
  })

  test('says so when a thread ends before it is ready', async () => {
    const opening = errorOf({ threads: 2 })
    await vi.waitFor(() => expect(started).toHaveLength(2))
    await kill(1)
    expect((await opening).code).toBe('runtime_missing')
  })
})
