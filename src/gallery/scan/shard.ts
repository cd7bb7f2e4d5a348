import type { RowLayout } from './row-record.ts'
import { pagesOf, type ShardLayout, shardLayout } from './shard-layout.ts'

/** 16 MB: memory that is grown but not written costs nothing yet. */
const GROWTH_PAGES = 256
const MAX_PAGES = 65_536

/** One shared memory with the records of consecutive rows and what a scan of them needs. */
export class Shard {
  readonly memory: WebAssembly.Memory
  readonly layout: ShardLayout
  /** Records written. */
  count = 0
  #bytes: Uint8Array
  #view: DataView
  readonly #row: RowLayout

  constructor(row: RowLayout, rows: number) {
    this.#row = row
    this.layout = shardLayout(row, rows)
    const initial = pagesOf(this.layout.records)
    this.memory = new WebAssembly.Memory({ initial, maximum: MAX_PAGES, shared: true })
    this.#bytes = new Uint8Array(this.memory.buffer)
    this.#view = new DataView(this.memory.buffer)
  }

  /** The whole memory as it is now; not to be kept across `makeRoom`. */
  get bytes(): Uint8Array {
    return this.#bytes
  }

  get view(): DataView {
    return this.#view
  }

  /** Rows that can still be added. */
  get free(): number {
    return this.layout.rows - this.count
  }

  /** Where the record of a row starts. */
  recordAt(row: number): number {
    return this.layout.records + row * this.#row.rowBytes
  }

  /** Makes sure that memory for so many rows is there. @throws RangeError when the machine gives none */
  makeRoom(rows: number): void {
    const missing = pagesOf(this.recordAt(rows)) - this.memory.buffer.byteLength / 65_536
    if (missing <= 0) return
    const most = MAX_PAGES - this.memory.buffer.byteLength / 65_536
    this.memory.grow(Math.max(missing, Math.min(most, GROWTH_PAGES)))
    this.#bytes = new Uint8Array(this.memory.buffer)
    this.#view = new DataView(this.memory.buffer)
  }

  /** Sets or clears the bit of a row in a bitmap of the layout. */
  setBit(bitmap: 'searchable' | 'filtered', row: number, on: boolean): void {
    const at = this.layout[bitmap] + (row >>> 3)
    const bit = 1 << (row & 7)
    const bits = this.#view.getUint8(at)
    this.#view.setUint8(at, on ? bits | bit : bits & ~bit)
  }

  /** Forgets every row: their bytes are overwritten. */
  clear(): void {
    this.#bytes.fill(0, this.layout.searchable, Math.min(this.recordAt(this.count), this.#bytes.length))
    this.count = 0
  }
}
