import { MessageChannel, Worker } from 'node:worker_threads'
import { engineManifest } from './model-manifest.ts'
import { openPipelinePool, type PipelinePool, type PipelinePoolOptions } from './pipeline-pool.ts'
import type { Order, ThreadFixtureStart } from './pipeline-thread.fixture.ts'
import type { WorkerStart } from './pipeline-worker.ts'

/** What a thread waits for, and the orders it is given before it starts. */
export type Plan = readonly [waits: ThreadFixtureStart['waits'], ...orders: Order[]]

export interface StartedThread {
  /** Its exit code. */
  readonly ended: Promise<number>
  order(...orders: readonly Order[]): void
}

const LIMITS = { manifest: engineManifest, weightsDir: 'nowhere', threads: 1, mostWaiting: 8, mostWaitingBytes: 1e9 }

/**
 * A pool of threads without networks, put into `started` as they start. They follow the plans in turn; those after
 * the last wait for nothing.
 */
export function openPlannedPool(
  started: StartedThread[],
  plans: readonly Plan[],
  given: Partial<PipelinePoolOptions>,
): Promise<PipelinePool> {
  const left = [...plans]
  const startThread = (start: WorkerStart) => {
    const { worker, thread } = startPlanned(start, left.shift() ?? ['never'])
    started.push(thread)
    return worker
  }
  return openPipelinePool({ ...LIMITS, startThread, ...given })
}

function startPlanned(start: WorkerStart, [waits, ...orders]: Plan): { worker: Worker; thread: StartedThread } {
  const { port1, port2 } = new MessageChannel()
  const workerData: ThreadFixtureStart = { ...start, orders: port2, waits }
  const entry = new URL('./pipeline-thread.fixture.ts', import.meta.url)
  const worker = new Worker(entry, { workerData, transferList: [port2] })
  const order = (...given: readonly Order[]) => {
    for (const one of given) port1.postMessage(one)
  }
  order(...orders)
  return { worker, thread: { order, ended: new Promise((settle) => worker.once('exit', settle)) } }
}
