import { type RowLayout, TAIL } from './row-record.ts'
import { Shard } from './shard.ts'

/** Where a row is. */
export interface ShardRow {
  readonly shard: Shard
  /** Its number in the shard. */
  readonly row: number
  /** Where its record starts in the memory of the shard. */
  readonly at: number
}

/** Consecutive rows over as many shards as they need; every shard but the last is full. */
export class Shards {
  readonly list: Shard[] = []
  /** Rows in a full shard. */
  readonly rows: number
  readonly #layout: RowLayout

  /** @param rows rows in a shard, at least 1; fewer when so many do not fit into 4 GB @throws RangeError */
  constructor(layout: RowLayout, rows: number) {
    if (!(Number.isInteger(rows) && rows >= 1)) throw new RangeError(`A shard cannot have ${rows} rows.`)
    this.#layout = layout
    const first = new Shard(layout, rows)
    this.rows = first.layout.rows
    this.list.push(first)
  }

  /** Makes sure that there is memory for so many rows in all. @throws RangeError when the machine gives none */
  makeRoom(places: number): void {
    for (let shard = 0; shard * this.rows < places; shard += 1) {
      if (shard === this.list.length) this.list.push(new Shard(this.#layout, this.rows))
      this.list[shard]?.makeRoom(Math.min(this.rows, places - shard * this.rows))
    }
  }

  /** The row at a place for which there is room. */
  rowAt(place: number): ShardRow {
    const shard = this.list[Math.floor(place / this.rows)]
    if (shard === undefined) throw new RangeError(`There is no row at ${place}.`)
    const row = place % this.rows
    return { shard, row, at: shard.recordAt(row) }
  }

  seqAt(place: number): number {
    const { shard, at } = this.rowAt(place)
    return shard.view.getFloat64(at + this.#layout.codeBytes + TAIL.seq, true)
  }

  /** The place of a row among the first `places`, whose seqs ascend. */
  placeOf(seq: number, places: number): number | undefined {
    let low = 0
    let high = places - 1
    while (low <= high) {
      const middle = Math.floor((low + high) / 2)
      const found = this.seqAt(middle)
      if (found === seq) return middle
      if (found < seq) low = middle + 1
      else high = middle - 1
    }
    return undefined
  }

  /** Writes whole records from a place on for which there is room. */
  write(place: number, records: Uint8Array): void {
    this.#eachRun(place, records.length / this.#layout.rowBytes, (bytes, done) => {
      bytes.set(records.subarray(done, done + bytes.length))
    })
  }

  /** A copy of so many records from a place on. */
  read(place: number, count: number): Uint8Array {
    const copy = new Uint8Array(count * this.#layout.rowBytes)
    this.#eachRun(place, count, (bytes, done) => copy.set(bytes, done))
    return copy
  }

  /** Overwrites everything with zeros. */
  clear(): void {
    for (const shard of this.list) shard.clear()
  }

  /** Calls with the bytes of the records that lie in one shard, and how many bytes came before them. */
  #eachRun(place: number, count: number, take: (bytes: Uint8Array, done: number) => void): void {
    for (let done = 0; done < count; ) {
      const { shard, row, at } = this.rowAt(place + done)
      const rows = Math.min(count - done, this.rows - row)
      take(shard.bytes.subarray(at, shard.recordAt(row + rows)), done * this.#layout.rowBytes)
      done += rows
    }
  }
}
