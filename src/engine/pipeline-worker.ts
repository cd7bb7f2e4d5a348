/** A thread that runs the networks, so that the program's own thread stays free to answer. */
import { parentPort, workerData } from 'node:worker_threads'
import { EngineError, type EngineErrorCode } from './engine-error.ts'
import type { WeightPlaces } from './load-weights.ts'
import type { EngineManifest } from './model-manifest.ts'
import { openPipeline, type PipelineResult, type PipelineTask } from './pipeline.ts'

/** What the thread is started with. */
export interface WorkerStart {
  readonly manifest: EngineManifest
  readonly weightsDir: string
}

/** What it says: once that it is ready or cannot be, then one answer for each task, in order. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not_ready'; readonly code: EngineErrorCode; readonly message: string }
  | { readonly kind: 'done'; readonly result: PipelineResult }
  | { readonly kind: 'failed'; readonly message: string }

const port = parentPort
if (port === null) throw new Error('This program runs as a worker thread of the engine.')
const say = (message: WorkerMessage) => port.postMessage(message)
const { manifest, weightsDir } = workerData as WorkerStart
const places: WeightPlaces = { weightsDir }

try {
  const pipeline = await openPipeline(manifest, places)
  let running: Promise<void> = Promise.resolve()
  port.on('message', (task: PipelineTask | 'close') => {
    if (task === 'close') {
      // The networks in use are not pulled away under the task.
      running.then(() => pipeline.close()).finally(() => port.close())
      return
    }
    running = pipeline.run(task).then(
      (result) => say({ kind: 'done', result }),
      (error: unknown) => say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    )
  })
  say({ kind: 'ready' })
} catch (error) {
  if (!(error instanceof EngineError)) throw error
  // Nothing is loaded and nobody listens on the port, so the thread ends by itself once this is said.
  say({ kind: 'not_ready', code: error.code, message: error.message })
}
