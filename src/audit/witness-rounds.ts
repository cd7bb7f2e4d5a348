import type { Fetch, WitnessAnswer } from './ask-witness.ts'
import { AuditError } from './audit-error.ts'
import { gatherCosignatures } from './collect-cosignatures.ts'
import { keepCosigned, withKept } from './keep-cosigned.ts'
import { isAbsence } from './log-alarm.ts'
import { noteShortage } from './note-shortage.ts'
import { logFailure } from './records-health.ts'
import { checkpointOfSize, lastCheckpoint, rangeHashes } from './records-read.ts'
import type { LogContext } from './sign-checkpoint.ts'
import { consistencyRanges, countCosignatures } from './tlog/index.ts'
import { refusalOf, sayAway } from './witness-answers.ts'
import type { Witnesses, WitnessPlace } from './witness-place.ts'

const EVERY_MS = 10_000
const NOBODY = { agency: null }
/** Stands beside the keys of witnesses. */
const OURSELVES = ''

/** Asks the witnesses for their cosignatures, one round at a time, while the log goes on. */
export class WitnessRounds {
  readonly #context: LogContext
  readonly #witnesses: Witnesses
  readonly #onAway: (sentence: string) => void
  readonly #stopping = new AbortController()
  /** The size that each cosigned last, by public key. */
  readonly #sizes = new Map<string, number>()
  /** Those that said that there is another history, until they cosign again. */
  readonly #refused = new Map<string, AuditError>()
  /** Those that the operator knows to be away. */
  readonly #away = new Set<string>()
  /** A refusal met before this process began, until every witness has cosigned. */
  #recalled: AuditError | null = null
  #running: Promise<void> | null = null
  #begunAt = Number.NEGATIVE_INFINITY

  constructor(context: LogContext, witnesses: Witnesses, onAway: (sentence: string) => void) {
    this.#context = context
    this.#witnesses = witnesses
    this.#onAway = onAway
  }

  /** Begins a round about the newest published checkpoint where one is due, and returns at once. */
  begin(size: number): void {
    const since = performance.now() - this.#begunAt
    if (this.#running !== null || this.#stopping.signal.aborted) return
    if (since < (this.#witnesses.everyMs ?? EVERY_MS)) return
    const due = this.#witnesses.places.filter(({ key }) => this.#sizes.get(key.publicKey) !== size)
    if (due.length === 0) return
    this.#begunAt = performance.now()
    this.#running = this.#round(size, due)
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#running = null
      })
  }

  /** Why no act may happen: a witness was shown another history. Null when none says so. */
  refusal(): AuditError | null {
    const [first] = this.#refused.values()
    return first ?? this.#recalled
  }

  /** At a start: where the log failed because of a witness, one round is waited for, and must clear it. */
  async recall(size: number): Promise<void> {
    if (this.#begunAt > Number.NEGATIVE_INFINITY) return
    const failure = await this.#context.store.transaction(NOBODY, logFailure)
    if (failure?.code !== 'witness_refused') return
    this.#recalled = new AuditError('witness_refused', failure.reason)
    this.begin(size)
    await this.#running
  }

  /** Leaves the witnesses that have not answered. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #round(size: number, due: readonly WitnessPlace[]): Promise<void> {
    const context = this.#context
    const { places, needed } = this.#witnesses
    const note = await this.#noteOf(size)
    if (note === null) return
    const known = due.map((place) => ({ ...place, size: this.#sizes.get(place.key.publicKey) ?? 0 }))
    const checkpoint = { note, proofFrom: (older: number) => this.#proof(older, size) }
    // It is kept below: what was learnt from the others must not be lost where it cannot be.
    const options = { needed: 0, keep: async () => {}, fetcher: this.#fetcher }
    const gathered = await gatherCosignatures(checkpoint, known, options)
    const answers = gathered.answers.map(({ answer }, at) => ({ place: due[at] as WitnessPlace, answer }))
    const signed = (await context.store.transaction(NOBODY, lastCheckpoint))?.size ?? 0
    for (const { place, answer } of answers) this.#learn(place, answer, { size, signed })
    const whole = gathered.note === note ? note : await keepCosigned(context, size, gathered.note)
    if (this.#stopping.signal.aborted) return
    const keys = places.map((place) => place.key)
    await noteShortage(context, needed, countCosignatures(whole, keys))
    for (const { place, answer } of answers) {
      if (answer.outcome === 'cosigned') this.#sizes.set(place.key.publicKey, size)
    }
    if (keys.every((key) => this.#sizes.has(key.publicKey))) this.#recalled = null
    this.#away.delete(OURSELVES)
  }

  /** The checkpoint of this size, with what was collected for it. */
  #noteOf(size: number): Promise<string | null> {
    return this.#context.store.transaction(NOBODY, async (tx) => {
      const row = await checkpointOfSize(tx, size)
      return row === null ? null : await withKept(tx, this.#context, size, row.note)
    })
  }

  #learn({ url, key }: WitnessPlace, answer: WitnessAnswer, at: { readonly size: number; readonly signed: number }) {
    const { publicKey, name } = key
    if (answer.outcome === 'cosigned') {
      this.#refused.delete(publicKey)
      this.#away.delete(publicKey)
      return
    }
    const reason = refusalOf(name, answer, at)
    if (reason !== null) this.#refused.set(publicKey, new AuditError('witness_refused', reason))
    const sentence = reason === null ? sayAway(name, url, answer) : null
    if (sentence === null || this.#away.has(publicKey) || this.#stopping.signal.aborted) return
    this.#away.add(publicKey)
    this.#onAway(sentence)
  }

  #proof(older: number, size: number): Promise<readonly Uint8Array[]> {
    return this.#context.store.transaction(NOBODY, (tx) => rangeHashes(tx, consistencyRanges(older, size)))
  }

  readonly #fetcher: Fetch = (url, init) => {
    const signals = [this.#stopping.signal, ...(init.signal ? [init.signal] : [])]
    return fetch(url, { ...init, signal: AbortSignal.any(signals) })
  }

  /** Trouble of our own: the loop finds it too, and stops acts where it must. */
  #failed(error: unknown): void {
    if (isAbsence(error) || this.#away.has(OURSELVES)) return
    this.#away.add(OURSELVES)
    this.#onAway(`The witnesses could not be asked: ${error instanceof Error ? error.message : String(error)}`)
  }
}
