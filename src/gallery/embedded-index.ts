import type { CoarseAnswer, CoarseAsk, CoarseIndex, IndexChange, RowFacts, RowsDigest } from './coarse-index.ts'
import type { IndexFiles, LoadedIndex } from './index-files/index-files.ts'
import { CodeRows } from './scan/code-rows.ts'
import { makeRecord } from './scan/make-record.ts'
import { openScan, type Scan } from './scan/open-scan.ts'
import { readFacts, TAIL } from './scan/row-record.ts'

/** What an operator and the log should know of the index's files. */
export type IndexNote =
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'files_failed'; readonly error: unknown }

export interface EmbeddedIndexOptions {
  readonly dimension: number
  /** Threads for the scan of a large gallery; 0 to scan in the calling one. */
  readonly threads: number
  /** The files beside the database, opened when first needed; null to keep the index in memory alone. */
  readonly openFiles: (() => Promise<IndexFiles>) | null
  readonly onNote?: (note: IndexNote) => void
}

type Arrival = Extract<IndexChange, { readonly kind: 'added' }>
type Run = readonly [IndexChange, ...IndexChange[]]

/** Bytes of a record's facts, from `TAIL.source` up to the seq. */
const FACTS_BYTES = TAIL.seq - TAIL.source
const PAGE_ROWS = 4096

/**
 * The index in this program's memory: codes of one byte a number. It is read from its files at the first use and
 * follows the database from there; files that cannot be trusted are not used, and files that cannot be written do not
 * stop a search.
 */
export class EmbeddedIndex implements CoarseIndex {
  readonly #rows: CodeRows
  readonly #scan: Scan
  readonly #options: EmbeddedIndexOptions
  #files: IndexFiles | null = null
  #loading: Promise<void> | undefined
  #position = 0
  /** Files are behind in a way that only a new snapshot mends. */
  #owesSnapshot = false

  constructor(options: EmbeddedIndexOptions) {
    this.#options = options
    this.#rows = new CodeRows({ dimension: options.dimension })
    this.#scan = openScan(this.#rows, { threads: options.threads })
  }

  async position(): Promise<number> {
    await this.#load()
    return this.#position
  }

  async apply(changes: readonly IndexChange[]): Promise<void> {
    await this.#load()
    for (const run of runsOf(changes.filter(({ seq }) => seq > this.#position))) {
      await this.#applyRun(run)
      this.#position = run.at(-1)?.seq ?? this.#position
    }
  }

  async scan(queries: readonly Float32Array[], ask: CoarseAsk): Promise<readonly CoarseAnswer[]> {
    await this.#load()
    return await this.#scan.scan(queries, ask)
  }

  async differing(rows: readonly Arrival[]): Promise<readonly number[]> {
    await this.#load()
    return rows.filter((row) => !this.#holds(row)).map(({ seq }) => seq)
  }

  async digest(): Promise<RowsDigest> {
    await this.#load()
    return this.#rows.digest()
  }

  /** Forgets everything; the next changes build it anew, and then a new snapshot is due. */
  async clear(): Promise<void> {
    await this.#load()
    await this.#files?.stop()
    this.#rows.clear()
    this.#position = 0
    this.#owesSnapshot = true
  }

  /** Writes a new snapshot if one is due. Reads nothing else meanwhile. */
  async keep(): Promise<void> {
    if (this.#files === null || !(this.#owesSnapshot || this.#files.shouldRewrite())) return
    const kept = await this.#write((files) => files.rewrite(this.#position, this.#pages()))
    this.#owesSnapshot = !kept
  }

  async close(): Promise<void> {
    await this.#loading?.catch(() => undefined)
    await this.#scan.close()
    if (this.#files !== null && this.#rows.places > 0) await this.keep()
    await this.#files?.close()
    this.#rows.clear()
  }

  #load(): Promise<void> {
    this.#loading ??= this.#loadFiles().catch((error: unknown) => {
      this.#loading = undefined
      throw error
    })
    return this.#loading
  }

  async #loadFiles(): Promise<void> {
    if (this.#options.openFiles === null) return
    const files = await this.#openFiles(this.#options.openFiles)
    if (files === null) return
    const loaded = await this.#read(files).catch(async (error: unknown) => {
      this.#rows.clear()
      await files.close()
      throw error
    })
    this.#files = files
    if (loaded.state === 'loaded') {
      this.#position = loaded.position
      return
    }
    this.#rows.clear()
    this.#owesSnapshot = true
    if (loaded.state === 'damaged') this.#note({ kind: 'damaged', reason: loaded.reason })
  }

  #read(files: IndexFiles): Promise<LoadedIndex> {
    return files.load({
      onRecords: (records) => this.#rows.addRecords(records),
      onChange: (change) => {
        if (change.kind === 'removed') this.#rows.remove(change.row)
        else this.#rows.setFacts(change.row, storedFacts(change.facts))
      },
    })
  }

  async #openFiles(open: () => Promise<IndexFiles>): Promise<IndexFiles | null> {
    try {
      return await open()
    } catch (error) {
      this.#note({ kind: 'files_failed', error })
      return null
    }
  }

  async #applyRun(run: Run): Promise<void> {
    const position = run.at(-1)?.seq ?? this.#position
    const from = this.#rows.places
    const known = run.filter((change) => this.#applyOne(change))
    const first = run[0].kind
    const kept = await this.#write((files) => {
      if (known.length === 0) return files.appendPosition(position)
      if (first === 'added') return files.appendAdded(this.#rows.records(from, known.length), position)
      const rows = known.map((change) => (change.kind === 'added' ? change.seq : change.row))
      if (first === 'removed') return files.removeRows(rows, position)
      return files.appendFacts(
        rows.map((row) => ({ row, facts: this.#factsOf(row) })),
        position,
      )
    })
    // What was removed here may still lie sealed in the files: a new snapshot takes their place.
    if (!kept && first === 'removed') this.#owesSnapshot = true
  }

  /** Whether a row of the index changed. */
  #applyOne(change: IndexChange): boolean {
    if (change.kind === 'removed') return this.#rows.remove(change.row)
    if (change.kind === 'facts') return this.#rows.setFacts(change.row, change.facts)
    this.#rows.add(change.seq, change.facts, change.vector)
    return true
  }

  #factsOf(row: number): Uint8Array {
    const record = this.#rows.record(this.#rows.placeOf(row) ?? 0)
    const at = this.#rows.layout.codeBytes + TAIL.source
    return record.slice(at, at + FACTS_BYTES)
  }

  #holds(row: Arrival): boolean {
    const place = this.#rows.placeOf(row.seq)
    if (place === undefined) return false
    return Buffer.compare(makeRecord(this.#rows.layout, row), this.#rows.record(place)) === 0
  }

  *#pages(): Iterable<Uint8Array> {
    for (let from = 0; from < this.#rows.places; from += PAGE_ROWS) {
      yield this.#rows.records(from, Math.min(PAGE_ROWS, this.#rows.places - from))
    }
  }

  /** A disk that is full stops no search. */
  async #write(work: (files: IndexFiles) => Promise<boolean>): Promise<boolean> {
    if (this.#files === null) return false
    try {
      return await work(this.#files)
    } catch (error) {
      this.#note({ kind: 'files_failed', error })
      return false
    }
  }

  #note(note: IndexNote): void {
    this.#options.onNote?.(note)
  }
}

/** The facts of a record, cut out of it. */
function storedFacts(bytes: Uint8Array): RowFacts {
  return readFacts(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), -TAIL.source)
}

/** Consecutive changes of one kind. */
function runsOf(changes: readonly IndexChange[]): Run[] {
  const runs: [IndexChange, ...IndexChange[]][] = []
  for (const change of changes) {
    const last = runs.at(-1)
    if (last !== undefined && last[0].kind === change.kind) last.push(change)
    else runs.push([change])
  }
  return runs
}
