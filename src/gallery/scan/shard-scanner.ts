import { type Kernel, type KernelName, kernelFor, kernelForm } from './kernels.ts'
import { GROUP, groupBytes } from './place-queries.ts'
import type { RowLayout } from './row-record.ts'
import { ENTRY_BYTES, ENTRY_ROOM, type ShardLayout, threadPlaces } from './shard-layout.ts'
import type { TopRows } from './top-rows.ts'

/** Queries compared with a row at once: so many stay in the nearest cache beside it. */
const AT_ONCE = 16

/** Rows first..end of a shard. */
export interface ShardSlice {
  readonly bitmap: 'searchable' | 'filtered'
  readonly first: number
  readonly end: number
  /** The place of the shard's first row. */
  readonly from: number
}

/** What one thread needs to scan one shard with the queries that lie in it. */
export class ShardScanner {
  readonly #memory: WebAssembly.Memory
  readonly #layout: ShardLayout
  readonly #row: RowLayout
  readonly #places: { readonly cuts: number; readonly out: number }
  readonly #view: DataView
  readonly #kernels = new Map<KernelName, Kernel>()

  /** @param thread below `MAX_THREADS`; no two at work share one */
  constructor(memory: WebAssembly.Memory, layout: ShardLayout, row: RowLayout, thread: number) {
    this.#memory = memory
    this.#layout = layout
    this.#row = row
    this.#places = threadPlaces(thread)
    this.#view = new DataView(memory.buffer, 0, layout.records)
  }

  /**
   * Offers every row of a slice whose upper bound may count.
   * @param tops one for each query
   * @param floor a row below it is never offered
   */
  scan(kernel: KernelName, slice: ShardSlice, tops: readonly TopRows[], floor: number): void {
    const { batch } = kernelForm(kernel)
    const step = batch ? AT_ONCE : 1
    const bytes = batch
      ? groupBytes(GROUP, this.#row.codeBytes) * (AT_ONCE / GROUP)
      : groupBytes(1, this.#row.codeBytes)
    for (let query = 0; query < tops.length; query += step) {
      const at = this.#layout.queries + (query / step) * bytes
      this.#scanSome(this.#kernel(kernel), slice, at, tops.slice(query, query + step), floor)
    }
  }

  /** For the queries that lie at one address. */
  #scanSome(kernel: Kernel, slice: ShardSlice, queries: number, tops: readonly TopRows[], floor: number): void {
    const { rowBytes, codeBytes } = this.#row
    const { cuts, out } = this.#places
    const { records, [slice.bitmap]: bits } = this.#layout
    const groups = Math.ceil(tops.length / GROUP)
    for (let row = slice.first; row < slice.end; ) {
      this.#writeCuts(tops, groups * GROUP, floor)
      row = kernel(records, rowBytes, codeBytes, row, slice.end, bits, queries, groups, cuts, out, ENTRY_ROOM)
      this.#readEntries(tops, slice.from)
    }
  }

  /** Queries that only fill a group up get a cut that nothing reaches. */
  #writeCuts(tops: readonly TopRows[], count: number, floor: number): void {
    for (let query = 0; query < count; query += 1) {
      const cut = Math.max(tops[query]?.cut ?? Number.POSITIVE_INFINITY, floor)
      this.#view.setFloat64(this.#places.cuts + query * 8, cut, true)
    }
  }

  #readEntries(tops: readonly TopRows[], from: number): void {
    const count = this.#view.getInt32(this.#places.out, true)
    for (let entry = 1; entry <= count; entry += 1) {
      const at = this.#places.out + entry * ENTRY_BYTES
      const query = this.#view.getInt32(at + 4, true)
      tops[query]?.offer(from + this.#view.getInt32(at, true), this.#view.getFloat64(at + 8, true))
    }
  }

  #kernel(name: KernelName): Kernel {
    const known = this.#kernels.get(name)
    if (known !== undefined) return known
    const kernel = kernelFor(name, this.#memory)
    this.#kernels.set(name, kernel)
    return kernel
  }
}
