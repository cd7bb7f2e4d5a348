/** A thread that talks to the pool as `pipeline-worker.ts` does, with no networks; a test says when it does what. */
import { on } from 'node:events'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { PipelineTask } from './pipeline.ts'
import type { WorkerMessage, WorkerStart } from './pipeline-worker.ts'

/**
 * `go`: load, or answer the task, and well. `fail`: say that it cannot. `die` and `throw`, at any time: end at once,
 * as a crash of the runtime would, or by a fault of the program.
 */
export type Order = 'go' | 'fail' | 'die' | 'throw'

export interface ThreadFixtureStart extends WorkerStart {
  readonly orders: MessagePort
  /** What waits for an order, one each; the rest goes well at once. */
  readonly waits: 'never' | 'tasks' | 'always'
}

const port = parentPort
if (port === null) throw new Error('This program runs as a worker thread of a test.')
const say = (message: WorkerMessage) => port.postMessage(message)
const { orders, waits } = workerData as ThreadFixtureStart

const given = on(orders, 'message')
const nextOrder = async (): Promise<Order> => (await given.next()).value?.[0]
orders.on('message', (order: Order) => {
  if (order === 'die') process.exit(1)
  if (order === 'throw') throw new Error('A fault of the program.')
})

/** The answer is the bytes that came, so that a test sees them. */
async function answer({ pixels }: PipelineTask): Promise<void> {
  const order = waits === 'never' ? 'go' : await nextOrder()
  if (order === 'go') say({ kind: 'done', result: { faces: [], vector: Float32Array.from(pixels.data) } })
  else say({ kind: 'failed', message: 'The networks failed.' })
}

function listen(): void {
  let running: Promise<void> = Promise.resolve()
  let closing = false
  port?.on('message', (task: PipelineTask | 'close') => {
    if (closing) throw new Error('The pool said more after it had said close.')
    if (task !== 'close') running = answer(task)
    else {
      closing = true
      running.finally(end)
    }
  })
  say({ kind: 'ready' })
}

function end(): void {
  orders.close()
  port?.close()
}

if ((waits === 'always' ? await nextOrder() : 'go') === 'go') listen()
else {
  say({ kind: 'not_ready', code: 'weight_missing', message: 'The weights are not here.' })
  orders.close()
}
