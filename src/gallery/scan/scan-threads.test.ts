import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import type { CoarseAsk } from '../coarse-index.ts'
import { CodeRows } from './code-rows.ts'
import { openScan, type Scan, type ScanOptions } from './open-scan.ts'
import { ADULT, addAll, OPEN_FILTER, plainScan, unitVectors } from './scan.fixture.ts'
import type { ScanWorkerStart } from './scan-worker.ts'

const ASK: CoarseAsk = { k: 20, floor: -1, filter: OPEN_FILTER }

function worker(start: ScanWorkerStart): Worker {
  return new Worker(new URL('./scan-worker.ts', import.meta.url), { workerData: start })
}

function dyingWorker(end: 'exit' | 'throw'): Worker {
  return new Worker(new URL('./dying-thread.fixture.ts', import.meta.url), { workerData: { end } })
}

describe('a scan with threads', () => {
  let scan: Scan | undefined
  afterEach(async () => {
    await scan?.close()
  })

  function open(rows: CodeRows, options: Partial<ScanOptions> = {}): Scan {
    scan = openScan(rows, { threads: 2, rowsForThreads: 1, ...options })
    return scan
  }

  it('answers as plain loops do, over several memories, for one query and for many', async () => {
    const rows = new CodeRows({ dimension: 20, shardRows: 1500 })
    addAll(rows, unitVectors(4000, 20, 5))
    rows.remove(15_010)
    const queries = unitVectors(70, 20, 6)
    const threaded = open(rows)
    const [single] = await threaded.scan(queries.slice(0, 1), ASK)
    expect(single).toEqual(plainScan(rows, queries[0] as Float32Array, ASK))
    const answers = await threaded.scan(queries, ASK)
    for (const at of [0, 1, 15, 16, 63, 64, 69]) {
      expect(answers[at]).toEqual(plainScan(rows, queries[at] as Float32Array, ASK))
    }
    expect(answers).toEqual(await openScan(rows, { threads: 0 }).scan(queries, ASK))
  })

  it('answers with more rows than there are, and none of none', async () => {
    const rows = new CodeRows({ dimension: 20 })
    const threaded = open(rows, { threads: 3, rowsForThreads: 0 })
    const [query] = unitVectors(1, 20, 6) as [Float32Array]
    expect(await threaded.scan([query], ASK)).toEqual([plainScan(rows, query, ASK)])
    addAll(rows, unitVectors(7, 20, 5))
    const [answer] = await threaded.scan([query], ASK)
    expect(answer).toEqual(plainScan(rows, query, ASK))
    expect(answer?.rows).toHaveLength(7)
  })

  it('sees rows that came since, in memory that grew and in new memories', async () => {
    const rows = new CodeRows({ dimension: 512, shardRows: 40_000 })
    const vectors = unitVectors(50, 512, 5)
    const threaded = open(rows)
    const [query] = unitVectors(1, 512, 6) as [Float32Array]
    addAll(rows, vectors)
    expect(await threaded.scan([query], ASK)).toEqual([plainScan(rows, query, ASK)])
    const before = rows.shards[0]?.bytes.length as number
    const page = rows.records(0, 50)
    const view = new DataView(page.buffer)
    while (rows.places < 40_100) {
      for (let at = 0; at < 50; at += 1) view.setFloat64(at * 544 + 536, rows.lastSeq + at + 1, true)
      rows.addRecords(page)
    }
    expect(rows.shards[0]?.bytes.length).toBeGreaterThan(before)
    expect(rows.shards).toHaveLength(2)
    rows.add(rows.lastSeq + 1, ADULT, query)
    const [answer] = await threaded.scan([query], { ...ASK, k: 1 })
    expect(answer).toMatchObject({ searched: 40_101, rows: [{ seq: rows.lastSeq }] })
    const [all] = await threaded.scan([query], { ...ASK, k: 50_000 })
    expect(all?.rows).toHaveLength(40_101)
    expect(new Set(all?.rows.map(({ seq }) => seq)).size).toBe(40_101)
  })

  it('filters as the calling thread does', async () => {
    const rows = new CodeRows({ dimension: 20, shardRows: 300 })
    addAll(rows, unitVectors(400, 20, 5))
    addAll(rows, unitVectors(10, 20, 7), { ...ADULT, source: 4 })
    const [query] = unitVectors(1, 20, 6) as [Float32Array]
    const ask = { ...ASK, filter: { ...OPEN_FILTER, sources: [4] } }
    const [answer] = await open(rows).scan([query], ask)
    expect(answer).toEqual(plainScan(rows, query, ask, ({ source }) => source === 4))
    expect(answer?.searched).toBe(10)
  })

  it('starts no thread for few rows, and the same ones serve every scan', async () => {
    const started: number[] = []
    const startThread = (start: ScanWorkerStart) => {
      started.push(start.thread)
      return worker(start)
    }
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, unitVectors(9, 20, 5))
    const threaded = open(rows, { rowsForThreads: 10, startThread })
    await threaded.scan(unitVectors(1, 20), ASK)
    expect(started).toEqual([])
    addAll(rows, unitVectors(1, 20, 6))
    await Promise.all([1, 2, 3].map(() => threaded.scan(unitVectors(1, 20), ASK)))
    expect(started).toEqual([1, 2])
  })

  it.each(['exit', 'throw'] as const)('fails when a thread dies (%s), and the next scan has another', async (end) => {
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, unitVectors(500, 20, 5))
    let broken = 1
    const startThread = (start: ScanWorkerStart) => (broken-- > 0 ? dyingWorker(end) : worker(start))
    const threaded = open(rows, { startThread })
    const queries = unitVectors(2, 20, 6)
    const lost = threaded.scan(queries, ASK)
    const next = threaded.scan(queries, ASK)
    await expect(lost).rejects.toThrow('ended before its rows were compared')
    expect(await next).toEqual(queries.map((query) => plainScan(rows, query, ASK)))
  })

  it('says what failed in a thread that goes on', async () => {
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, unitVectors(50, 20, 5))
    const kernels = { single: 'no such kernel' as 'one', batch: 'batch' } as const
    const started: Worker[] = []
    const startThread = (start: ScanWorkerStart) => {
      started.push(worker(start))
      return started.at(-1) as Worker
    }
    const threaded = open(rows, { kernels, startThread })
    await expect(threaded.scan(unitVectors(1, 20), ASK)).rejects.toThrow()
    expect(await threaded.scan(unitVectors(2, 20), ASK)).toHaveLength(2)
  })

  it('lets its threads end by themselves when it is closed, after the scan in hand', async () => {
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, unitVectors(500, 20, 5))
    const codes: number[] = []
    const startThread = (start: ScanWorkerStart) => worker(start).on('exit', (code) => codes.push(code))
    const threaded = open(rows, { startThread })
    const answer = threaded.scan(unitVectors(1, 20), ASK)
    await threaded.close()
    expect(codes).toEqual([0, 0])
    expect((await answer)[0]?.searched).toBe(500)
    await expect(threaded.scan(unitVectors(1, 20), ASK)).rejects.toThrow('closed')
  })

  it('idle threads do not keep a program alive', () => {
    const program = fileURLToPath(new URL('./idle-scan.fixture.ts', import.meta.url))
    const run = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 30_000 })
    expect({ status: run.status, stdout: run.stdout.trim() }).toEqual({ status: 0, stdout: '3' })
  })
})
