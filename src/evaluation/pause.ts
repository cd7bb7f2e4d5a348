import { setImmediate } from 'node:timers/promises'

const SLICE_MS = 50
let since = 0

/** Lets other work run, at most every 50 ms; long loops of arithmetic call it at every turn. */
export async function pauseNow(): Promise<void> {
  if (performance.now() - since < SLICE_MS) return
  await setImmediate()
  since = performance.now()
}
