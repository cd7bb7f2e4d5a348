import { Worker } from 'node:worker_threads'
import { EngineError } from './engine-error.ts'
import type { EngineManifest } from './model-manifest.ts'
import type { PipelineResult, PipelineTask } from './pipeline.ts'
import type { WorkerMessage, WorkerStart } from './pipeline-worker.ts'

/** What came of one task. `lost`: the thread ended; `failed`: the pipeline threw. */
export type PoolResult =
  | { readonly end: 'done'; readonly result: PipelineResult }
  | { readonly end: 'busy' | 'closed' | 'lost' }
  | { readonly end: 'failed'; readonly message: string }

export interface PipelinePoolOptions {
  readonly manifest: EngineManifest
  readonly weightsDir: string
  /** Threads, each with its own networks (about 60 MB). */
  readonly threads: number
  /** Tasks that may wait; one more is answered `busy`, so that pixels never pile up. */
  readonly mostWaiting: number
  /** Bytes of pixels that may wait before one more task is answered `busy`. */
  readonly mostWaitingBytes: number
}

/** Threads that run the networks, each one task at a time; one that dies is replaced when it is next needed. */
export interface PipelinePool {
  run(task: PipelineTask): Promise<PoolResult>
  close(): Promise<void>
}

interface Job {
  readonly task: PipelineTask
  readonly finish: (result: PoolResult) => void
}

interface Slot {
  worker: Worker | undefined
  ready: boolean
  job: Job | undefined
}

/**
 * Starts every thread and waits until its networks are loaded.
 * @throws EngineError what `openPipeline` throws.
 */
export async function openPipelinePool(options: PipelinePoolOptions): Promise<PipelinePool> {
  const slots: Slot[] = Array.from({ length: options.threads }, () => ({
    worker: undefined,
    ready: false,
    job: undefined,
  }))
  const waiting: Job[] = []
  let closed = false
  const pump = () => {
    for (const slot of slots) {
      if (slot.job !== undefined || waiting.length === 0) continue
      slot.job = waiting.shift()
      if (slot.worker === undefined)
        // What waits for a thread that cannot be started is told so by the thread's own end.
        void startWorker(slot, options, pump).catch(() => {})
      else if (slot.ready) sendJob(slot)
    }
  }
  try {
    await Promise.all(slots.map((slot) => startWorker(slot, options, pump)))
  } catch (error) {
    await Promise.all(slots.map((slot) => slot.worker?.terminate()))
    throw error
  }
  return {
    run: (task) => {
      if (closed) return Promise.resolve({ end: 'closed' })
      if (isFull(waiting, options)) return Promise.resolve({ end: 'busy' })
      return new Promise((finish) => {
        waiting.push({ task, finish })
        pump()
      })
    },
    close: async () => {
      closed = true
      for (const job of waiting.splice(0)) job.finish({ end: 'closed' })
      await Promise.all(slots.map(closeSlot))
    },
  }
}

/** Counted in images and in bytes: one photograph of 40 megapixels weighs as much as 600 small ones. */
function isFull(waiting: readonly Job[], { mostWaiting, mostWaitingBytes }: PipelinePoolOptions): boolean {
  const bytes = waiting.reduce((sum, { task }) => sum + task.pixels.data.byteLength, 0)
  return waiting.length >= mostWaiting || bytes >= mostWaitingBytes
}

function startWorker(slot: Slot, options: PipelinePoolOptions, onIdle: () => void): Promise<void> {
  const start: WorkerStart = { manifest: options.manifest, weightsDir: options.weightsDir }
  const worker = new Worker(new URL('./pipeline-worker.ts', import.meta.url), { workerData: start })
  slot.worker = worker
  slot.ready = false
  worker.unref()
  return new Promise((settle, refuse) => {
    const lost = () => {
      if (slot.worker !== worker) return
      slot.worker = undefined
      refuse(new EngineError('runtime_missing', 'A thread of the engine ended before its networks were loaded.'))
      endJob(slot, { end: 'lost' }, onIdle)
    }
    worker.on('exit', lost)
    worker.on('error', lost)
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'not_ready') {
        slot.worker = undefined
        void worker.terminate()
        refuse(new EngineError(message.code, message.message))
        endJob(slot, { end: 'lost' }, onIdle)
      } else if (message.kind === 'ready') {
        slot.ready = true
        settle()
        if (slot.job !== undefined) sendJob(slot)
      } else if (message.kind === 'done') endJob(slot, { end: 'done', result: message.result }, onIdle)
      else endJob(slot, { end: 'failed', message: message.message }, onIdle)
    })
  })
}

function sendJob(slot: Slot): void {
  const { worker, job } = slot
  if (worker === undefined || job === undefined) return
  // A busy thread keeps the program alive, an idle one does not.
  worker.ref()
  const { data } = job.task.pixels
  // The pixels move to the thread; copying a large photograph would cost as much as looking at it.
  const owned = data.byteLength === data.buffer.byteLength && data.buffer instanceof ArrayBuffer
  const task = owned ? job.task : { ...job.task, pixels: { ...job.task.pixels, data: Uint8Array.from(data) } }
  worker.postMessage(task, [task.pixels.data.buffer as ArrayBuffer])
}

function endJob(slot: Slot, result: PoolResult, onIdle: () => void): void {
  const { job } = slot
  slot.job = undefined
  slot.worker?.unref()
  job?.finish(result)
  onIdle()
}

/** Lets the running task end, so that memory in use by the runtime is not pulled away under it. */
async function closeSlot(slot: Slot): Promise<void> {
  const { worker } = slot
  if (worker === undefined) return
  const ended = new Promise<void>((settle) => worker.once('exit', () => settle()))
  worker.ref()
  worker.postMessage('close')
  await ended
}
