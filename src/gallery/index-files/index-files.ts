import { appendNothing, appendRecords, appendRemoved, appendStoredFacts, type StoredFacts } from './append-frames.ts'
import { IndexDamage } from './index-damage.ts'
import { type IndexPaths, settleFolder } from './index-folder.ts'
import type { IndexPair } from './index-pair.ts'
import type { IndexShape } from './index-shape.ts'
import { type IndexSink, loadPair } from './load-pair.ts'
import { overwriteRows } from './overwrite-rows.ts'
import { rewritePays } from './rewrite-pays.ts'
import { indexDiskError } from './write-all.ts'
import { draftPair, placePair, type RecordPages } from './write-pair.ts'

/** What the files held; after anything but `loaded` the index is built from the database, then `rewrite` is called. */
export type LoadedIndex =
  | {
      readonly state: 'loaded'
      /** The last change taken up; the database gives those after it. */
      readonly position: number
      readonly records: number
    }
  | { readonly state: 'missing' }
  | { readonly state: 'damaged'; readonly reason: string }

/** Made by `openIndexFiles`. Calls are carried out one after the other, in their order. */
export class IndexFiles {
  readonly #paths: IndexPaths
  readonly #shape: IndexShape
  readonly #unlock: (() => Promise<void>) | null
  #pair: IndexPair | null = null
  #stopped = false
  #closed = false
  #queue: Promise<unknown> = Promise.resolve()

  constructor(paths: IndexPaths, shape: IndexShape, unlock: (() => Promise<void>) | null) {
    this.#paths = paths
    this.#shape = shape
    this.#unlock = unlock
  }

  /** Whether changes are kept: this process holds the folder, the files were loaded or written, no write has failed. */
  get writable(): boolean {
    return this.#unlock !== null && this.#pair !== null && !this.#stopped && !this.#closed
  }

  /**
   * Hands over all that the files hold, in order. Never throws for what is in the files: damage is an answer, and then
   * what was handed over must be dropped. Throws what the sink throws.
   */
  load(sink: IndexSink): Promise<LoadedIndex> {
    return this.#next(async () => {
      await this.#closePair()
      this.#stopped = false
      try {
        if (this.#unlock !== null) await settleFolder(this.#paths)
        this.#pair = await loadPair(this.#paths, this.#shape, this.#unlock === null ? 'r' : 'r+', sink)
      } catch (error) {
        if (error instanceof IndexDamage) return { state: 'damaged', reason: error.message }
        throw error
      }
      if (this.#pair === null) return { state: 'missing' }
      if (this.#unlock !== null) await this.#cutJournal(this.#pair)
      const { position, tally } = this.#pair
      return { state: 'loaded', position, records: tally.snapshotRows + tally.journalRows }
    })
  }

  /**
   * Whole records of rows that changes up to `position` added, with nothing else among these changes.
   * @returns whether they were kept. @throws StoreError `disk_full`
   */
  appendAdded(records: Uint8Array, position: number): Promise<boolean> {
    const bytes = Buffer.from(records.buffer, records.byteOffset, records.byteLength)
    if (bytes.length === 0 || bytes.length % this.#shape.rowBytes !== 0) throw new RangeError('Whole records only.')
    return this.#change((pair) => appendRecords(pair, bytes, position))
  }

  /** New facts of rows; `position` as for `appendAdded`. @throws StoreError `disk_full` */
  appendFacts(changes: readonly StoredFacts[], position: number): Promise<boolean> {
    return this.#change((pair) => appendStoredFacts(pair, changes, position))
  }

  /** Changes up to `position` that concern no row. @throws StoreError `disk_full` */
  appendPosition(position: number): Promise<boolean> {
    return this.#change((pair) => appendNothing(pair, position))
  }

  /**
   * Overwrites all bytes of these rows but their seqs with zeros, on disk when this returns true. After false, call
   * `rewrite`: their sealed bytes are still there. What a disk itself may keep: `eraseFile`.
   * @throws StoreError `disk_full`
   */
  removeRows(rows: readonly number[], position: number): Promise<boolean> {
    return this.#change(async (pair) => {
      await overwriteRows(pair, this.#paths, rows)
      await appendRemoved(pair, rows, position)
      await pair.journal.handle.sync()
    })
  }

  /**
   * Writes a new snapshot of all rows as they are at `position` and begins a new journal; the bytes of the old files are
   * overwritten. Also the way out of damage and of a write that failed.
   * @returns false while another process holds the folder.
   * @throws StoreError `disk_full`, with the files as they were. Throws what the pages throw.
   */
  rewrite(position: number, pages: RecordPages): Promise<boolean> {
    return this.#next(async () => {
      if (this.#unlock === null || this.#closed) return false
      try {
        await settleFolder(this.#paths)
        const pair = await draftPair(this.#paths, this.#shape, position, pages)
        await this.#closePair()
        await placePair(this.#paths, pair)
        this.#pair = pair
        this.#stopped = false
        return true
      } catch (error) {
        throw indexDiskError(error)
      }
    })
  }

  /** Keeps no change from here on, until `rewrite`: for an index that begins anew, with rows the files have otherwise. */
  async stop(): Promise<void> {
    await this.#next(async () => {
      this.#stopped = true
    })
  }

  /** Whether `rewrite` pays: the journal has grown, rows are dead, or a write has failed. */
  shouldRewrite(): boolean {
    if (this.#unlock === null || this.#closed) return false
    return this.#pair === null || this.#stopped || rewritePays(this.#pair.tally)
  }

  /** Waits for what was begun, closes the files and lets another process write them. */
  async close(): Promise<void> {
    await this.#next(async () => {
      if (this.#closed) return
      this.#closed = true
      await this.#closePair()
      await this.#unlock?.()
    })
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work)
    this.#queue = done.catch(() => undefined)
    return done
  }

  #change(work: (pair: IndexPair) => Promise<void>): Promise<boolean> {
    return this.#next(async () => {
      const pair = this.#pair
      if (pair === null || !this.writable) return false
      try {
        await work(pair)
        return true
      } catch (error) {
        await this.#stop(pair)
        if (error instanceof IndexDamage) return false
        throw indexDiskError(error)
      }
    })
  }

  /** A change is missing from here on: nothing may follow it, so that the position in the files stays true. */
  async #stop(pair: IndexPair): Promise<void> {
    await this.#cutJournal(pair)
    this.#stopped = true
  }

  /** Takes away what follows the last whole frame; where that fails nothing may be written after it. */
  async #cutJournal(pair: IndexPair): Promise<void> {
    await pair.journal.handle.truncate(pair.journalEnd).catch(() => {
      this.#stopped = true
    })
  }

  async #closePair(): Promise<void> {
    const pair = this.#pair
    this.#pair = null
    await pair?.snapshot.handle.close()
    await pair?.journal.handle.close()
  }
}
