import { setImmediate as nextTurn } from 'node:timers/promises'
import type { IndexFilter } from '../coarse-index.ts'
import type { CodeRows } from './code-rows.ts'
import { dayNumber, ROW_LIVE, SEX_CODES, TAIL } from './row-record.ts'
import type { Shard } from './shard.ts'

/** Rows looked at before other work has its turn: about a millisecond. */
const TURN_ROWS = 65_536

/** Which rows a scan compares. */
export interface RowSelection {
  readonly bitmap: 'searchable' | 'filtered'
  /** Rows whose bit is set. */
  readonly count: number
}

/** Brings the bitmap of a filter into the shards; kept until the filter or a row is another. */
export class FilterBitmap {
  readonly #rows: CodeRows
  #filter = ''
  #version = -1
  #count = 0

  constructor(rows: CodeRows) {
    this.#rows = rows
  }

  /**
   * Sealed and dead rows are never selected; sex not recorded and no birth year always are, as far as those parts go.
   * @throws RangeError when a day of the filter is none
   */
  async select(filter: IndexFilter): Promise<RowSelection> {
    if (isOpen(filter)) return { bitmap: 'searchable', count: this.#rows.searchable }
    const name = JSON.stringify(filter)
    if (name !== this.#filter || this.#version !== this.#rows.version) {
      const { version } = this.#rows
      this.#version = -1
      this.#count = await this.#write(filter)
      this.#filter = name
      this.#version = version
    }
    return { bitmap: 'filtered', count: this.#count }
  }

  async #write(filter: IndexFilter): Promise<number> {
    const passes = testOf(filter)
    let count = 0
    for (const shard of this.#rows.shards) {
      for (let first = 0; first < shard.count; first += TURN_ROWS) {
        if (first > 0) await nextTurn()
        count += this.#writeSome(shard, first, Math.min(shard.count, first + TURN_ROWS), passes)
      }
    }
    return count
  }

  #writeSome(shard: Shard, first: number, end: number, passes: FactsTest): number {
    let count = 0
    const { rowBytes, codeBytes } = this.#rows.layout
    let tail = shard.recordAt(first) + codeBytes
    for (let row = first; row < end; row += 8) {
      let bits = 0
      for (let bit = 0; bit < Math.min(8, end - row); bit += 1) {
        if (passes(shard.view, tail)) {
          bits |= 1 << bit
          count += 1
        }
        tail += rowBytes
      }
      shard.view.setUint8(shard.layout.filtered + (row >>> 3), bits)
    }
    return count
  }
}

function isOpen(filter: IndexFilter): boolean {
  return Object.values(filter).every((part) => part === null)
}

type FactsTest = (view: DataView, tail: number) => boolean

/** The parts of a filter as numbers, looked up in tables. */
function testOf(filter: IndexFilter): FactsTest {
  const sources = filter.sources === null ? null : new Set(filter.sources)
  const from = filter.bookedFrom === null ? Number.NEGATIVE_INFINITY : dayNumber(filter.bookedFrom)
  const to = filter.bookedTo === null ? Number.POSITIVE_INFINITY : dayNumber(filter.bookedTo)
  const sexes = SEX_CODES.map((sex) => sex === 'U' || filter.sexes === null || filter.sexes.includes(sex))
  const bornFrom = filter.bornFrom ?? Number.NEGATIVE_INFINITY
  const bornTo = filter.bornTo ?? Number.POSITIVE_INFINITY
  return (view, tail) => {
    // Live and not sealed.
    if (view.getUint8(tail + TAIL.flags) !== ROW_LIVE) return false
    if (sources !== null && !sources.has(view.getUint16(tail + TAIL.source, true))) return false
    if (sexes[view.getUint8(tail + TAIL.sex)] === false) return false
    const day = view.getInt32(tail + TAIL.bookedDay, true)
    const born = view.getUint16(tail + TAIL.birthYear, true)
    return day >= from && day <= to && (born === 0 || (born >= bornFrom && born <= bornTo))
  }
}
