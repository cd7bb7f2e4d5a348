import type { RowsDigest } from '../coarse-index.ts'
import { DigestSum } from './digest-sum.ts'
import { ROW_LIVE } from './row-record.ts'

/** How many rows there are, and which, kept up to date row by row. */
export class RowCounts {
  /** Rows not removed, sealed ones included. */
  live = 0
  /** Live rows that are not sealed. */
  searchable = 0
  readonly #sum = new DigestSum()

  /** @param flags of the row; a dead one counts for nothing */
  add(seq: number, flags: number): void {
    if (flags === 0) return
    this.live += 1
    this.searchable += Number(flags === ROW_LIVE)
    this.#sum.add(seq)
  }

  /** @param flags those the row had */
  remove(seq: number, flags: number): void {
    if (flags === 0) return
    this.live -= 1
    this.searchable -= Number(flags === ROW_LIVE)
    this.#sum.remove(seq)
  }

  /** Of the live rows. */
  digest(): RowsDigest {
    return { rows: this.live, ...this.#sum.read() }
  }
}
