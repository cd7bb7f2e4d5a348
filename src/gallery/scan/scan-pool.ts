import { Worker } from 'node:worker_threads'
import type { CodeRows } from './code-rows.ts'
import type { ScanJob } from './scan-job.ts'
import type { ScanOrder, ScanReply, ScanWorkerStart } from './scan-worker.ts'
import type { TopList } from './top-rows.ts'

/** Threads that scan together; each is started when it is first needed, and again after it died. */
export interface ScanPool {
  /**
   * The best rows of each query, one list a thread. One job at a time.
   * @throws Error when a thread died or failed: a part of the rows was not compared then. All others have ended first.
   */
  run(job: ScanJob): Promise<readonly (readonly TopList[])[]>
  /** Lets every thread end by itself. */
  close(): Promise<void>
}

export type StartScanThread = (start: ScanWorkerStart) => Worker

interface Slot {
  readonly thread: number
  worker: Worker | undefined
  /** Memories the thread has. */
  known: number
}

/** @param startThread injected in tests; else a thread of `scan-worker.ts` */
export function openScanPool(rows: CodeRows, threads: number, startThread: StartScanThread = startWorker): ScanPool {
  const slots: Slot[] = Array.from({ length: threads }, (_, at) => ({ thread: at + 1, worker: undefined, known: 0 }))
  return {
    run: async (job) => {
      const first = rows.shards[0]
      if (first !== undefined) Atomics.store(new Int32Array(first.memory.buffer, 0, 1), 0, 0)
      const ends = await Promise.allSettled(slots.map((slot) => scanIn(slot, rows, job, startThread)))
      return ends.map((end) => {
        if (end.status === 'rejected') throw end.reason
        return end.value
      })
    },
    close: async () => {
      await Promise.all(slots.map(closeSlot))
    },
  }
}

async function scanIn(slot: Slot, rows: CodeRows, job: ScanJob, startThread: StartScanThread) {
  const worker = slot.worker ?? start(slot, rows, startThread)
  const order: ScanOrder = { job, memories: rows.shards.slice(slot.known).map(({ memory }) => memory) }
  slot.known = rows.shards.length
  // A thread at work keeps the program alive, an idle one does not.
  worker.ref()
  try {
    const reply = await answerOf(worker, order)
    if (reply.kind === 'failed') throw new Error(`A thread of the scan failed: ${reply.message}`)
    return reply.tops
  } finally {
    worker.unref()
  }
}

function answerOf(worker: Worker, order: ScanOrder): Promise<ScanReply> {
  return new Promise((settle, refuse) => {
    let cause: unknown
    const listeners = {
      message: (reply: ScanReply) => finish(() => settle(reply)),
      error: (error: unknown) => {
        cause = error
      },
      exit: () =>
        finish(() => refuse(new Error('A thread of the scan ended before its rows were compared.', { cause }))),
    }
    const finish = (end: () => void) => {
      for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener)
      end()
    }
    for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener)
    worker.postMessage(order)
  })
}

function start(slot: Slot, rows: CodeRows, startThread: StartScanThread): Worker {
  const { layout, shardRows } = rows
  const worker = startThread({ layout, shardRows, thread: slot.thread })
  slot.worker = worker
  slot.known = 0
  worker.once('exit', () => {
    slot.worker = undefined
  })
  // Said to whoever waits for it; an idle thread that fails is replaced when it is next needed.
  worker.on('error', () => {})
  return worker
}

function startWorker(start: ScanWorkerStart): Worker {
  return new Worker(new URL('./scan-worker.ts', import.meta.url), { workerData: start })
}

/** Nothing is at work in it now. */
async function closeSlot({ worker }: Slot): Promise<void> {
  if (worker === undefined) return
  const ended = new Promise<void>((settle) => worker.once('exit', () => settle()))
  worker.ref()
  worker.postMessage('close')
  await ended
}
