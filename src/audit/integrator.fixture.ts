import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { fixedClock } from '../base/index.ts'
import { openTestStore, type Store, sql, type TestStore, type Tx } from '../store/index.ts'
import { append } from './append.ts'
import { RECEIVED } from './entries.fixture.ts'
import { ORIGIN, SEED } from './export.fixture.ts'
import { setFailureHere } from './failure-here.ts'
import { checkedFolder } from './log-folder.fixture.ts'
import { type AuditLog, openLog } from './open-log.ts'
import { type LogFailure, logFailure } from './records-health.ts'
import type { Integrator } from './start-integrator.ts'
import type { Witnesses } from './witness-place.ts'

const NO_WITNESSES: Witnesses = { places: [], needed: 0 }
const NOBODY = { agency: null }
const TABLES = ['log_entry', 'log_node', 'log_checkpoint']

/** A database and a folder for each test, with the integrators that were started over them. */
export class TestLog {
  readonly clock = fixedClock('2026-11-22T15:24:03.170Z')
  readonly running: Integrator[] = []
  readonly troubles: unknown[] = []
  readonly away: string[] = []
  readonly store: TestStore
  readonly #parent: string

  constructor(store: TestStore, parent: string) {
    this.store = store
    this.#parent = parent
  }

  get folder(): string {
    return join(this.#parent, 'log')
  }

  open(over: Pick<Store, 'transaction'> = this.store, witnesses: Witnesses = NO_WITNESSES): AuditLog {
    return openLog(over, { origin: ORIGIN, signingKey: SEED, clock: this.clock, folder: this.folder, witnesses })
  }

  async start(log = this.open()): Promise<Integrator> {
    const integrator = await log.startIntegrator({
      onTrouble: (error) => this.troubles.push(error),
      onWitnessAway: (sentence) => this.away.push(sentence),
    })
    this.running.push(integrator)
    return integrator
  }

  async stopAll(): Promise<void> {
    for (const integrator of this.running.splice(0)) await integrator.stop()
  }

  /** Writes entries in one transaction. */
  add(count: number): Promise<void> {
    return this.store.transaction(NOBODY, async (tx) => {
      for (let entry = 0; entry < count; entry += 1) await append(tx, this, RECEIVED)
    })
  }

  /** Entries in the folder's checkpoint, once everything in the folder was checked. */
  async published(): Promise<number | null> {
    return (await checkedFolder(this.folder))?.size ?? null
  }

  failure(): Promise<LogFailure | null> {
    return this.store.transaction(NOBODY, logFailure)
  }

  /** What somebody with the owner's rights over the database could do. */
  tamper(work: (tx: Tx) => Promise<unknown>): Promise<unknown> {
    return this.store.transaction(NOBODY, async (tx) => {
      await sql`set local role none`.execute(tx)
      for (const table of TABLES) await sql.raw(`alter table ${table} disable trigger all`).execute(tx)
      await work(tx)
      for (const table of TABLES) await sql.raw(`alter table ${table} enable trigger all`).execute(tx)
    })
  }

  async close(): Promise<void> {
    await this.stopAll()
    setFailureHere(null)
    await this.store.close()
    await rm(this.#parent, { recursive: true, force: true })
  }
}

/** Gives each test of a file its own log. */
export function eachWithLog(): () => TestLog {
  let log: TestLog
  beforeEach(async () => {
    log = new TestLog(await openTestStore(), await mkdtemp(join(tmpdir(), 'countenance-log-')))
  })
  afterEach(() => log.close())
  return () => log
}
