import type { CoarseAnswer, CoarseAsk } from '../coarse-index.ts'
import { chooseKernel, type KernelChoice, plainKernels } from './choose-kernel.ts'
import type { CodeRows } from './code-rows.ts'
import { FilterBitmap, type RowSelection } from './filter-bitmap.ts'
import { placeQueries } from './place-queries.ts'
import { type QuantisedQuery, quantiseQuery } from './quantise-query.ts'
import { answerFrom } from './scan-answer.ts'
import { ScanHere } from './scan-here.ts'
import type { ScanJob } from './scan-job.ts'
import { openScanPool, type ScanPool, type StartScanThread } from './scan-pool.ts'
import { MAX_THREADS, PASS_QUERIES } from './shard-layout.ts'
import type { TopList } from './top-rows.ts'

/** Below so many rows threads cost more than they spare. */
const ROWS_FOR_THREADS = 30_000

/** Below so many rows it is not worth timing the kernels. */
const ROWS_FOR_CHOICE = 10_000

/** Rows a thread takes at once, and rows the calling thread compares before other work has its turn. */
const THREAD_SLICE = 16_384
const TURN_SLICE = 4096

/** With many queries a slice is so much shorter that it stays in the second cache while each group passes over it. */
const BATCH_SLICE = 1024

export interface ScanOptions {
  /** Threads to scan with, at most 31; 0 scans on the calling one. */
  readonly threads: number
  /** Fewer rows are scanned on the calling thread; 30,000 unless given. */
  readonly rowsForThreads?: number
  /** Injected in tests; else chosen by time. */
  readonly kernels?: KernelChoice
  readonly startThread?: StartScanThread
}

/** Finds the most promising rows by their upper bounds. */
export interface Scan {
  /**
   * One answer for each query, in order. Scans asked for at once run one after another; rows must not change meanwhile.
   * @throws GalleryError `vector_unusable`; RangeError when k or the filter cannot be used; Error when a thread died, rows
   * changed or the scan was closed. There is no partial answer.
   */
  scan(queries: readonly Float32Array[], ask: CoarseAsk): Promise<readonly CoarseAnswer[]>
  /** Ends when the scans already asked for have ended. */
  close(): Promise<void>
}

/** @param rows no two scans share them: the queries of a scan lie beside its rows */
export function openScan(rows: CodeRows, options: ScanOptions): Scan {
  const work = new RowsScan(rows, options)
  let turn: Promise<unknown> = Promise.resolve()
  let closed = false
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = turn.then(task)
    turn = result.catch(() => undefined)
    return result
  }
  return {
    scan: async (queries, ask) => {
      if (closed) throw new Error('The scan is closed.')
      return await inTurn(() => work.scan(queries, ask))
    },
    close: async () => {
      closed = true
      await inTurn(() => work.close())
    },
  }
}

class RowsScan {
  readonly #rows: CodeRows
  readonly #options: ScanOptions
  readonly #filter: FilterBitmap
  readonly #pool: ScanPool
  readonly #here: ScanHere
  #kernels: KernelChoice | undefined

  constructor(rows: CodeRows, options: ScanOptions) {
    this.#rows = rows
    this.#options = options
    this.#filter = new FilterBitmap(rows)
    this.#pool = openScanPool(rows, Math.min(options.threads, MAX_THREADS - 1), options.startThread)
    this.#here = new ScanHere(rows)
    this.#kernels = options.kernels
  }

  async scan(queries: readonly Float32Array[], ask: CoarseAsk): Promise<readonly CoarseAnswer[]> {
    if (!Number.isInteger(ask.k) || ask.k < 1) throw new RangeError(`A scan cannot return ${ask.k} rows.`)
    const { dimension, codeBytes } = this.#rows.layout
    const quantised = queries.map((query) => quantiseQuery(query, dimension, codeBytes))
    const { version } = this.#rows
    const selection = await this.#filter.select(ask.filter)
    const answers: CoarseAnswer[] = []
    for (let first = 0; first < quantised.length; first += PASS_QUERIES) {
      answers.push(...(await this.#pass(quantised.slice(first, first + PASS_QUERIES), ask, selection)))
    }
    if (version !== this.#rows.version) throw new Error('Rows changed while they were scanned.')
    return answers
  }

  async close(): Promise<void> {
    await this.#pool.close()
  }

  async #pass(queries: readonly QuantisedQuery[], ask: CoarseAsk, { bitmap, count }: RowSelection) {
    const { single, batch } = await this.#choice()
    const kernel = queries.length === 1 ? single : batch
    const { rowsForThreads = ROWS_FOR_THREADS, threads } = this.#options
    const threaded = threads > 0 && this.#rows.places >= rowsForThreads
    const job: ScanJob = {
      kernel,
      queries: queries.length,
      // One more than asked for: the best row left out is the bound.
      room: Math.max(1, Math.min(ask.k + 1, count)),
      floor: ask.floor > -1 ? ask.floor : Number.NEGATIVE_INFINITY,
      bitmap,
      counts: this.#rows.shards.map((shard) => shard.count),
      shardRows: this.#rows.shardRows,
      sliceRows: queries.length > 1 ? BATCH_SLICE : threaded ? THREAD_SLICE : TURN_SLICE,
    }
    for (const shard of this.#rows.shards) placeQueries(shard, kernel, queries)
    const lists = threaded ? await this.#pool.run(job) : [await this.#here.run(job)]
    return queries.map((_, at) => {
      const own = lists.map((tops) => tops[at] as TopList)
      return answerFrom(this.#rows, own, ask, count)
    })
  }

  async #choice(): Promise<KernelChoice> {
    if (this.#kernels === undefined && this.#rows.places < ROWS_FOR_CHOICE) return plainKernels(this.#rows.layout)
    this.#kernels ??= await chooseKernel(this.#rows.layout)
    return this.#kernels
  }
}
