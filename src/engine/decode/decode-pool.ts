import { type DecodeReply, type DecodeTask, isDecodeReply } from './decode-task.ts'
import { type Frame, readFrames, writeFrame } from './frames.ts'
import { type DecoderLimits, type DecoderProcess, spawnDecoder } from './spawn-decoder.ts'

/** What came of one task; all but `answered` are about the process, not the image. */
export type DecodeResult =
  | { readonly end: 'answered'; readonly reply: DecodeReply; readonly body: Uint8Array }
  | { readonly end: 'crashed' | 'timed_out' | 'busy' }

export interface DecodePoolOptions {
  readonly processes: number
  readonly timeoutMilliseconds: number
  /** Tasks that may wait; one more is answered `busy`. */
  readonly mostWaiting: number
  readonly limits: DecoderLimits
}

/** Measured: Node alone takes 600 MB of address space, a turned progressive JPEG of 40 megapixels up to 1000. */
export const DEFAULT_POOL: DecodePoolOptions = {
  processes: 1,
  timeoutMilliseconds: 10_000,
  mostWaiting: 256,
  limits: { heapMegabytes: 128, dataMegabytes: 1280 },
}

/** Decode processes, each with one task at a time; one that dies is replaced when it is next needed. */
export interface DecodePool {
  run(task: DecodeTask, bytes: Uint8Array): Promise<DecodeResult>
  /** Ids of the processes that run now. */
  processIds(): readonly number[]
  close(): void
}

interface Job {
  readonly task: DecodeTask
  readonly bytes: Uint8Array
  readonly finish: (result: DecodeResult) => void
}

interface Slot {
  process: DecoderProcess | undefined
  /** Ends the task now running, once; undefined when idle. */
  settle: ((result: DecodeResult) => void) | undefined
}

export function openDecodePool(options: DecodePoolOptions): DecodePool {
  const slots: Slot[] = Array.from({ length: options.processes }, () => ({ process: undefined, settle: undefined }))
  const waiting: Job[] = []
  let closed = false
  const pump = () => {
    for (const slot of slots) {
      if (slot.settle !== undefined) continue
      const job = waiting.shift()
      if (job === undefined) return
      startJob(slot, job, options, pump)
    }
  }
  return {
    run: (task, bytes) => {
      if (closed) return Promise.resolve({ end: 'crashed' })
      if (waiting.length >= options.mostWaiting) return Promise.resolve({ end: 'busy' })
      return new Promise((finish) => {
        waiting.push({ task, bytes, finish })
        pump()
      })
    },
    processIds: () => slots.flatMap((slot) => slot.process?.pid ?? []),
    close: () => {
      closed = true
      for (const job of waiting.splice(0)) job.finish({ end: 'crashed' })
      for (const slot of slots) slot.process?.kill('SIGKILL')
    },
  }
}

function startJob(slot: Slot, job: Job, options: DecodePoolOptions, onIdle: () => void): void {
  const timer = setTimeout(() => {
    slot.process?.kill('SIGKILL')
    settle({ end: 'timed_out' })
  }, options.timeoutMilliseconds)
  const settle = (result: DecodeResult) => {
    if (slot.settle !== settle) return
    clearTimeout(timer)
    slot.settle = undefined
    // A process that did not answer is given up; the next task starts a fresh one.
    if (result.end !== 'answered') slot.process = undefined
    setWaited(slot.process, false)
    job.finish(result)
    onIdle()
  }
  slot.settle = settle
  slot.process ??= startProcess(slot, options.limits)
  setWaited(slot.process, true)
  writeFrame(slot.process.stdin, job.task, job.bytes)
}

function startProcess(slot: Slot, limits: DecoderLimits): DecoderProcess {
  const process = spawnDecoder(limits)
  const lost = () => {
    if (slot.process !== process) return
    slot.process = undefined
    slot.settle?.({ end: 'crashed' })
  }
  const onFrame = ({ head, body }: Frame) => {
    if (slot.process !== process) return
    // Whoever took the process over by its image may answer anything; what does not fit ends it.
    if (isDecodeReply(head, body)) slot.settle?.({ end: 'answered', reply: head, body })
    else process.kill('SIGKILL')
  }
  readFrames(process.stdout, onFrame, () => process.kill('SIGKILL'))
  process.on('exit', lost)
  process.on('error', lost)
  // Writing to a process that has just died; its exit says so.
  process.stdin.on('error', () => {})
  return process
}

/** An idle decode process does not keep the program alive; a busy one does. */
function setWaited(process: DecoderProcess | undefined, waited: boolean): void {
  for (const part of [process, process?.stdin, process?.stdout]) {
    const handle = part as { ref?: () => void; unref?: () => void } | undefined
    if (waited) handle?.ref?.()
    else handle?.unref?.()
  }
}
