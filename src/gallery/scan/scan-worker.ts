/** A thread that scans: it takes slices of a job until there are no more, and keeps the best rows of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import type { RowLayout } from './row-record.ts'
import { type ScanJob, sliceOf } from './scan-job.ts'
import { shardLayout } from './shard-layout.ts'
import { ShardScanner } from './shard-scanner.ts'
import { type TopList, TopRows } from './top-rows.ts'

/** What the thread is started with. */
export interface ScanWorkerStart {
  readonly layout: RowLayout
  readonly shardRows: number
  /** From 1: 0 is the calling thread. */
  readonly thread: number
}

/** A job, with the memories of shards that the thread has not seen. */
export interface ScanOrder {
  readonly job: ScanJob
  readonly memories: readonly WebAssembly.Memory[]
}

/** What it says: one answer for each order. */
export type ScanReply =
  | { readonly kind: 'done'; readonly tops: readonly TopList[] }
  | { readonly kind: 'failed'; readonly message: string }

const port = parentPort
if (port === null) throw new Error('This program runs as a worker thread of the scan.')
const { layout, shardRows, thread } = workerData as ScanWorkerStart
const memories: WebAssembly.Memory[] = []
const scanners: ShardScanner[] = []

port.on('message', (order: ScanOrder | 'close') => {
  if (order === 'close') {
    port.close()
    return
  }
  for (const memory of order.memories) {
    memories.push(memory)
    scanners.push(new ShardScanner(memory, shardLayout(layout, shardRows), layout, thread))
  }
  port.postMessage(reply(order.job))
})

function reply(job: ScanJob): ScanReply {
  try {
    return { kind: 'done', tops: run(job).map((top) => top.take()) }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

function run(job: ScanJob): readonly TopRows[] {
  const tops = Array.from({ length: job.queries }, () => new TopRows(job.room))
  // The first number of the first memory counts the slices handed out.
  const next = new Int32Array(memories[0]?.buffer ?? new SharedArrayBuffer(4), 0, 1)
  for (let slice = sliceOf(job, Atomics.add(next, 0, 1)); slice; slice = sliceOf(job, Atomics.add(next, 0, 1))) {
    scanners[slice.shard]?.scan(job.kernel, slice, tops, job.floor)
  }
  return tops
}
