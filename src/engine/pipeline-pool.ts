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
  /** Injected in tests; else a thread of `pipeline-worker.ts`. */
  readonly startThread?: (start: WorkerStart) => Worker
}

/** Threads that run the networks, each one task at a time; one that dies is replaced when it is next needed. */
export interface PipelinePool {
  run(task: PipelineTask): Promise<PoolResult>
  close(): Promise<void>
}

const ENDED_EARLY = 'A thread of the engine ended before its networks were loaded.'

interface Job {
  readonly task: PipelineTask
  readonly finish: (result: PoolResult) => void
}

interface Slot {
  worker: Worker | undefined
  ready: boolean
  /** Settles when the thread has loaded its networks, or has ended without. */
  started: Promise<void>
  closing: boolean
  job: Job | undefined
}

/**
 * Starts every thread and waits until its networks are loaded; if one cannot be, all have ended before that is thrown.
 * No thread is ever ended from outside: within ONNX Runtime that would take the whole process with it.
 * @throws EngineError what `openPipeline` throws.
 */
export async function openPipelinePool(options: PipelinePoolOptions): Promise<PipelinePool> {
  const slots: Slot[] = Array.from({ length: options.threads }, () => ({
    worker: undefined,
    ready: false,
    started: Promise.resolve(),
    closing: false,
    job: undefined,
  }))
  if (options.startThread === undefined) await holdRuntime()
  const waiting: Job[] = []
  let closing: Promise<unknown> | undefined
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
    await Promise.all(slots.map(closeSlot))
    throw error
  }
  return {
    run: (task) => {
      if (closing) return Promise.resolve({ end: 'closed' })
      if (isFull(waiting, options)) return Promise.resolve({ end: 'busy' })
      return new Promise((finish) => {
        waiting.push({ task, finish })
        pump()
      })
    },
    close: async () => {
      for (const job of waiting.splice(0)) job.finish({ end: 'closed' })
      closing ??= Promise.all(slots.map(closeSlot))
      await closing
    },
  }
}

/**
 * Loads the runtime in this thread too. Node unloads a native library with the last thread that uses it, and ONNX
 * Runtime does not survive being loaded a second time; held here it stays. What is missing, the threads say.
 */
async function holdRuntime(): Promise<void> {
  await import('onnxruntime-node').catch(() => undefined)
}

/** Counted in images and in bytes: one photograph of 40 megapixels weighs as much as 600 small ones. */
function isFull(waiting: readonly Job[], { mostWaiting, mostWaitingBytes }: PipelinePoolOptions): boolean {
  const bytes = waiting.reduce((sum, { task }) => sum + task.pixels.data.byteLength, 0)
  return waiting.length >= mostWaiting || bytes >= mostWaitingBytes
}

function startWorker(slot: Slot, options: PipelinePoolOptions, onIdle: () => void): Promise<void> {
  const { manifest, weightsDir, startThread = startPipelineThread } = options
  const worker = startThread({ manifest, weightsDir })
  slot.worker = worker
  slot.ready = false
  const starting = new Promise<void>((settle, refuse) => {
    let why = new EngineError('runtime_missing', ENDED_EARLY)
    worker.on('error', (cause) => {
      why = new EngineError('runtime_missing', ENDED_EARLY, { cause })
    })
    worker.on('exit', () => {
      slot.worker = undefined
      refuse(why)
      endJob(slot, { end: 'lost' }, onIdle)
    })
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') {
        slot.ready = true
        settle()
        // While it loads the thread keeps the program alive, so that the program does not end under the runtime.
        worker.unref()
        sendJob(slot)
      } else if (message.kind === 'not_ready') why = new EngineError(message.code, message.message)
      else if (message.kind === 'done') endJob(slot, { end: 'done', result: message.result }, onIdle)
      else endJob(slot, { end: 'failed', message: message.message }, onIdle)
    })
  })
  slot.started = starting.catch(() => {})
  return starting
}

function startPipelineThread(start: WorkerStart): Worker {
  return new Worker(new URL('./pipeline-worker.ts', import.meta.url), { workerData: start })
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
  if (!slot.closing) slot.worker?.unref()
  job?.finish(result)
  onIdle()
}

/** Lets the thread load its networks and end its task, so that memory in use by the runtime is not pulled away under it. */
async function closeSlot(slot: Slot): Promise<void> {
  await slot.started
  const { worker } = slot
  if (worker === undefined) return
  slot.closing = true
  const ended = new Promise<void>((settle) => worker.once('exit', () => settle()))
  worker.ref()
  worker.postMessage('close')
  await ended
}
