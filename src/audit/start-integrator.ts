import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { failureHere } from './failure-here.ts'
import { integrate } from './integrate.ts'
import { endAlarm, isAbsence, raiseAlarm } from './log-alarm.ts'
import { LogFolder } from './log-folder.ts'
import { type FolderCheck, publishLog } from './publish-log.ts'
import { logState } from './records-health.ts'
import type { LogContext } from './sign-checkpoint.ts'

/** What gives entries their places, and keeps the folder of the log, while a server runs. */
export interface Integrator {
  /** False while acts are refused because the log cannot be written. */
  healthy(): boolean
  /** Finishes what waits. Call it before the store is closed. */
  stop(): Promise<void>
}

const BUSY_MS = 100
const IDLE_MS = 200
/** A checkpoint is signed at most once in this time, unless a reader asks for one. */
const SIGNING_MS = 1000

/**
 * Starts the loop after one whole round. Any number of servers may run it: locks in the database keep it to one at a
 * time, and the others find nothing left to do. Whatever fails in a round stops all acts until a round succeeds.
 * @param onTrouble told of the first failure of each alarm.
 */
export async function startIntegrator(
  context: LogContext,
  onTrouble: (error: unknown) => void = () => undefined,
): Promise<Integrator> {
  const loop = new IntegratorLoop(context, onTrouble)
  await loop.turn(true)
  const stopping = new AbortController()
  const running = loop.run(stopping.signal)
  const stop = async () => {
    stopping.abort()
    await running
  }
  return { healthy: () => failureHere() === null, stop }
}

class IntegratorLoop {
  readonly #context: LogContext
  readonly #onTrouble: (error: unknown) => void
  readonly #folder: LogFolder | null
  /** Tells this process from the others. */
  readonly #name = randomBytes(8).toString('hex')
  /** Entries in the folder's checkpoint; null while nobody has looked, or after trouble. */
  #published: number | null = null
  #signedAt = Number.NEGATIVE_INFINITY
  #succeeded = false

  constructor(context: LogContext, onTrouble: (error: unknown) => void) {
    this.#context = context
    this.#onTrouble = onTrouble
    this.#folder = context.folder === null ? null : new LogFolder(context.folder)
  }

  async run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const busy = await this.turn(false)
      await sleep(busy ? BUSY_MS : IDLE_MS, undefined, { signal: stopping }).catch(() => undefined)
    }
    await this.turn(true)
  }

  /** One round, and the alarm when it fails. @returns whether there is likely more to do soon */
  async turn(signNow: boolean): Promise<boolean> {
    try {
      return await this.#round(signNow)
    } catch (error) {
      this.#published = null
      if (isAbsence(error)) return false
      if (failureHere() === null) this.#onTrouble(error)
      await raiseAlarm(this.#context, this.#name, error)
      return false
    }
  }

  #check(): FolderCheck {
    if (this.#published !== null) return 'none'
    return this.#succeeded ? 'edge' : 'whole'
  }

  async #round(signNow: boolean): Promise<boolean> {
    const { store } = this.#context
    const state = await store.transaction({ agency: null }, logState)
    const size = state.waiting ? await integrate(store) : state.size
    const due = signNow || this.#published === null || performance.now() - this.#signedAt >= SIGNING_MS
    if (this.#folder !== null && this.#published !== size && due) {
      this.#signedAt = performance.now()
      this.#published = await publishLog(this.#context, this.#folder, this.#check())
    }
    if (state.failing || failureHere() !== null) await endAlarm(this.#context, this.#name, !this.#succeeded)
    this.#succeeded = true
    return state.waiting || (this.#folder !== null && this.#published !== size)
  }
}
