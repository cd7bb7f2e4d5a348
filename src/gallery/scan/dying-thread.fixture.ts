/** A thread that ends, or fails, in the middle of its first job. */
import { parentPort, workerData } from 'node:worker_threads'

parentPort?.on('message', (order: unknown) => {
  if (order === 'close') parentPort?.close()
  else if (workerData.end === 'exit') process.exit(3)
  else throw new Error('The thread is broken.')
})
