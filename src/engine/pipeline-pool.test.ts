import { afterEach, describe, expect, test } from 'vitest'
import type { PipelineTask } from './pipeline.ts'
import type { PipelinePool, PipelinePoolOptions } from './pipeline-pool.ts'
import { openPlannedPool, type Plan, type StartedThread } from './planned-pool.fixture.ts'
import { gradientPixels } from './test-support.ts'

// Threads that hold no networks: one that ends within ONNX Runtime may take the whole process with it.

const started: StartedThread[] = []
const open: PipelinePool[] = []
afterEach(async () => {
  // What a failed test left waiting for an order is not waited for.
  for (const thread of started.splice(0)) thread.order('die')
  for (const pool of open.splice(0)) await pool.close()
})

async function openPlanned(plans: readonly Plan[] = [], given: Partial<PipelinePoolOptions> = {}) {
  const pool = await openPlannedPool(started, plans, given)
  open.push(pool)
  return pool
}

function thread(number: number): StartedThread {
  const one = started[number]
  if (one === undefined) throw new Error(`Thread ${number} was not started.`)
  return one
}

async function kill(number: number): Promise<void> {
  thread(number).order('die')
  expect(await thread(number).ended).toBe(1)
}

const exits = () => Promise.all(started.map(({ ended }) => ended))
const ends = async (all: readonly Promise<{ readonly end: string }>[]) => (await Promise.all(all)).map(({ end }) => end)

function task(width = 8, height = 8): PipelineTask {
  return { pixels: gradientPixels(width, height), jpegQuality: null, embed: 'all' }
}

function seen(bytes: Uint8Array) {
  return { end: 'done', result: { faces: [], vector: Float32Array.from(bytes) } }
}

describe('tasks', () => {
  test('are answered by a thread; the pixels move there', async () => {
    const pool = await openPlanned()
    const given = task()
    const expected = seen(given.pixels.data)
    expect(await pool.run(given)).toEqual(expected)
    expect(given.pixels.data).toHaveLength(0)
    expect(started).toHaveLength(1)
  })

  test('pixels that are part of a larger buffer are copied, so that nothing else moves with them', async () => {
    const pool = await openPlanned()
    const { width, height, data } = gradientPixels(8, 8)
    const larger = new Uint8Array(data.length + 100).fill(7)
    larger.set(data, 50)
    const part = larger.subarray(50, 50 + data.length)
    expect(await pool.run({ ...task(), pixels: { width, height, data: part } })).toEqual(seen(data))
    expect(larger[0]).toBe(7)
    expect(part).toEqual(data)
  })

  test('run side by side; more than there are threads wait their turn', async () => {
    const pool = await openPlanned([['tasks'], ['tasks', 'go', 'go']], { threads: 2 })
    const [first, second, third] = [pool.run(task()), pool.run(task()), pool.run(task())]
    expect(await ends([second, third])).toEqual(['done', 'done'])
    thread(0).order('go')
    expect(await ends([first])).toEqual(['done'])
    expect(started).toHaveLength(2)
  })

  test('one more than may wait is told that the engine is busy, and later ones are taken again', async () => {
    const pool = await openPlanned([['tasks']], { mostWaiting: 2 })
    const all = [1, 2, 3, 4, 5].map(() => pool.run(task()))
    expect(await ends(all.slice(3))).toEqual(['busy', 'busy'])
    thread(0).order('go', 'go', 'go', 'go')
    expect(await ends(all.slice(0, 3))).toEqual(['done', 'done', 'done'])
    expect(await ends([pool.run(task())])).toEqual(['done'])
  })

  test('pixels that weigh too much may not pile up either', async () => {
    const pool = await openPlanned([], { mostWaitingBytes: 1 })
    expect(await ends([1, 2, 3].map(() => pool.run(task())))).toEqual(['done', 'done', 'busy'])
  })

  test('a fault of the networks is told, and the thread goes on', async () => {
    const pool = await openPlanned([['tasks', 'fail', 'go']])
    expect(await pool.run(task())).toEqual({ end: 'failed', message: 'The networks failed.' })
    expect(await ends([pool.run(task())])).toEqual(['done'])
    expect(started).toHaveLength(1)
  })
})

describe('a thread that dies', () => {
  test.each(['die', 'throw'] as const)('(%s) loses its task alone; the next one gets a new thread', async (order) => {
    const pool = await openPlanned([['tasks']])
    const [first, second] = [pool.run(task()), pool.run(task())]
    thread(0).order(order)
    expect(await ends([first, second])).toEqual(['lost', 'done'])
    expect(started).toHaveLength(2)
  })

  test('while it is idle loses nothing and is replaced when it is next needed', async () => {
    const pool = await openPlanned()
    await kill(0)
    expect(started).toHaveLength(1)
    expect(await ends([pool.run(task())])).toEqual(['done'])
    expect(started).toHaveLength(2)
  })

  test('while it starts again loses the task it was started for, not the one behind it', async () => {
    const pool = await openPlanned([['never'], ['always']])
    await kill(0)
    const all = [pool.run(task()), pool.run(task()), pool.run(task())]
    await kill(1)
    expect(await ends(all)).toEqual(['lost', 'done', 'done'])
    expect(started).toHaveLength(3)
  })

  test('leaves the other threads alone', async () => {
    const pool = await openPlanned([['tasks'], ['tasks']], { threads: 2 })
    const [first, second] = [pool.run(task()), pool.run(task())]
    await kill(0)
    thread(1).order('go')
    expect(await ends([first, second])).toEqual(['lost', 'done'])
  })

  test('and cannot be started again, because the weights are gone, loses each task without an end', async () => {
    const pool = await openPlanned([['never'], ['always', 'fail'], ['always', 'fail']])
    await kill(0)
    expect(await ends([pool.run(task()), pool.run(task())])).toEqual(['lost', 'lost'])
    expect(await ends([pool.run(task())])).toEqual(['done'])
    expect(started).toHaveLength(4)
  })
})

describe('closing', () => {
  test('lets the running task end and tells those that wait', async () => {
    const pool = await openPlanned([['tasks']])
    const all = [pool.run(task()), pool.run(task()), pool.run(task())]
    const closed = Promise.all([pool.close(), pool.close()])
    expect(await ends(all.slice(1))).toEqual(['closed', 'closed'])
    thread(0).order('go')
    await closed
    expect(await ends(all)).toEqual(['done', 'closed', 'closed'])
    expect(await exits()).toEqual([0])
  })

  test('lets a thread that starts again load its networks and end its task', async () => {
    const pool = await openPlanned([['never'], ['always']])
    await kill(0)
    const running = pool.run(task())
    const closed = pool.close()
    thread(1).order('go', 'go')
    await closed
    expect(await ends([running])).toEqual(['done'])
    expect(await exits()).toEqual([1, 0])
  })

  test('ends every thread; a dead one, and closing twice, are no trouble', async () => {
    const pool = await openPlanned([], { threads: 3 })
    await kill(0)
    await pool.close()
    await pool.close()
    expect(await pool.run(task())).toEqual({ end: 'closed' })
    expect(await exits()).toEqual([1, 0, 0])
  })
})

describe('a pool that cannot be opened', () => {
  const message = 'A thread of the engine ended before its networks were loaded.'
  const endedEarly = { name: 'EngineError', code: 'runtime_missing', message }

  test('says so when a thread ends before it is ready, and lets the others load and end', async () => {
    const opening = expect(openPlanned([['always'], ['always']], { threads: 2 })).rejects.toMatchObject(endedEarly)
    await kill(1)
    thread(0).order('go')
    await opening
    expect(await exits()).toEqual([0, 1])
  })

  test('names the fault of the program that ended a thread', async () => {
    const cause = { message: 'A fault of the program.' }
    await expect(openPlanned([['always', 'throw']])).rejects.toMatchObject({ ...endedEarly, cause })
  })

  test('says what a thread says it lacks, and lets the others load and end', async () => {
    const lacks = { name: 'EngineError', code: 'weight_missing', message: 'The weights are not here.' }
    const plans: Plan[] = [['always'], ['always', 'fail'], ['never']]
    const opening = expect(openPlanned(plans, { threads: 3 })).rejects.toMatchObject(lacks)
    expect(await thread(1).ended).toBe(0)
    thread(0).order('go')
    await opening
    expect(await exits()).toEqual([0, 0, 0])
  })
})
