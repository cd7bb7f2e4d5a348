import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { failureHere } from './failure-here.ts'
import { integrate } from './integrate.ts'
import { endAlarm, isAbsence, raiseAlarm } from './log-alarm.ts'
import { LogFolder } from './log-folder.ts'
import { type FolderCheck, publishLog } from './publish-log.ts'
import { logState } from './records-health.ts'
import type { LogContext } from './sign-checkpoint.ts'
import { WitnessRounds } from './witness-rounds.ts'

/** What gives entries their places, and keeps the folder of the log, while a server runs. */
export interface Integrator {
  /** False while acts are refused because the log cannot be written. */
  healthy(): boolean
  /** Finishes what waits. Call it before the store is closed. */
  stop(): Promise<void>
}

/** Who is told what no reader of the log can see yet. */
export interface IntegratorWatch {
  /** Told of the first failure of each alarm. */
  readonly onTrouble?: (error: unknown) => void
  /** Told, in a sentence, once of each outage of a witness. */
  readonly onWitnessAway?: (sentence: string) => void
}

const BUSY_MS = 100
const IDLE_MS = 200
/** A checkpoint is signed at most once in this time, unless a reader asks for one. */
const SIGNING_MS = 1000

/**
 * Starts the loop after one whole round. Any number of servers may run it: locks in the database keep it to one at a
 * time, and the others find nothing left to do. Whatever fails in a round stops all acts until a round succeeds.
 * Witnesses are asked beside the rounds, which do not wait for them.
 */
export async function startIntegrator(context: LogContext, watch: IntegratorWatch = {}): Promise<Integrator> {
  const loop = new IntegratorLoop(context, watch)
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
  readonly #witnesses: WitnessRounds | null
  /** Tells this process from the others. */
  readonly #name = randomBytes(8).toString('hex')
  /** Entries in the folder's checkpoint; null while nobody has looked, or after trouble. */
  #published: number | null = null
  #signedAt = Number.NEGATIVE_INFINITY
  #succeeded = false

  constructor(context: LogContext, { onTrouble = () => undefined, onWitnessAway = () => undefined }: IntegratorWatch) {
    this.#context = context
    this.#onTrouble = onTrouble
    this.#witnesses =
      context.witnesses === undefined ? null : new WitnessRounds(context, context.witnesses, onWitnessAway)
    this.#folder = context.folder === null ? null : new LogFolder(context.folder)
  }

  async run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const busy = await this.turn(false)
      await sleep(busy ? BUSY_MS : IDLE_MS, undefined, { signal: stopping }).catch(() => undefined)
    }
    await this.#witnesses?.stop()
    await this.turn(true)
  }

  /** One round, and the alarm when it fails. @returns whether there is likely more to do soon */
  async turn(signNow: boolean): Promise<boolean> {
    try {
      return await this.#round(signNow)
    } catch (error) {
      this.#published = null
      if (isAbsence(error)) return false
      await this.#alarm(error)
      return false
    }
  }

  async #alarm(error: unknown): Promise<void> {
    if (failureHere() === null) this.#onTrouble(error)
    await raiseAlarm(this.#context, this.#name, error)
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
    const refusal = await this.#askWitnesses()
    if (refusal !== null) await this.#alarm(refusal)
    else if (state.failing || failureHere() !== null) await endAlarm(this.#context, this.#name, !this.#succeeded)
    this.#succeeded = true
    return state.waiting || (this.#folder !== null && this.#published !== size)
  }

  /** Why no act may happen, as far as the witnesses have answered by now. */
  async #askWitnesses(): Promise<Error | null> {
    if (this.#witnesses === null || this.#published === null) return null
    if (!this.#succeeded) await this.#witnesses.recall(this.#published)
    this.#witnesses.begin(this.#published)
    return this.#witnesses.refusal()
  }
}
