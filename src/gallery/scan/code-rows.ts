import type { RowFacts, RowsDigest } from '../coarse-index.ts'
import { checkRecords, checkSeq } from './check-records.ts'
import { makeRecord } from './make-record.ts'
import { RowCounts } from './row-counts.ts'
import { ROW_LIVE, ROW_SEALED, type RowLayout, rowLayout, TAIL, writeFacts } from './row-record.ts'
import type { Shard } from './shard.ts'
import { type ShardRow, Shards } from './shards.ts'

export interface CodeRowsOptions {
  /** Numbers of a vector, 1 to 4096. */
  readonly dimension: number
  /** Rows in one memory, at least 1; as many as fit into 4 GB unless given. */
  readonly shardRows?: number
}

/**
 * The rows of one model as codes, in shared memory, in the order of their seqs. A row keeps its place for good: a
 * removed one stays there, dead, its bytes zero. Rows must not change while a scan of them runs.
 */
export class CodeRows {
  readonly layout: RowLayout
  readonly #shards: Shards
  #counts = new RowCounts()
  #places = 0
  #lastSeq = 0
  #version = 0

  /** @throws RangeError when the dimension or `shardRows` cannot be used */
  constructor({ dimension, shardRows = Number.MAX_SAFE_INTEGER }: CodeRowsOptions) {
    this.layout = rowLayout(dimension)
    this.#shards = new Shards(this.layout, shardRows)
  }

  get dimension(): number {
    return this.layout.dimension
  }

  /** Bytes of a record. */
  get rowBytes(): number {
    return this.layout.rowBytes
  }

  get shards(): readonly Shard[] {
    return this.#shards.list
  }

  /** Rows in every shard but the last. */
  get shardRows(): number {
    return this.#shards.rows
  }

  /** Rows ever added, dead ones included. */
  get places(): number {
    return this.#places
  }

  /** Rows not removed, sealed ones included. */
  get live(): number {
    return this.#counts.live
  }

  /** Live rows that are not sealed. */
  get searchable(): number {
    return this.#counts.searchable
  }

  /** Of the last row, dead or not; 0 when there is none. */
  get lastSeq(): number {
    return this.#lastSeq
  }

  /** Another number after every change. */
  get version(): number {
    return this.#version
  }

  /**
   * @param seq a whole number above `lastSeq`
   * @param vector unit length; copied
   * @throws GalleryError `vector_unusable`; RangeError for a seq or facts that cannot be used. Nothing is added then.
   */
  add(seq: number, facts: RowFacts, vector: Float32Array): void {
    checkSeq(seq, this.#lastSeq)
    const record = makeRecord(this.layout, { seq, facts, vector })
    this.#shards.makeRoom(this.#places + 1)
    this.#shards.write(this.#places, record)
    this.#takeUp(1)
  }

  /**
   * Adds whole records as `records` gives them; dead ones stay dead.
   * @throws RangeError when they are no whole records with ascending seqs above `lastSeq`; nothing is added then.
   */
  addRecords(records: Uint8Array): void {
    checkRecords(records, this.layout, this.#lastSeq)
    const count = records.length / this.rowBytes
    this.#shards.makeRoom(this.#places + count)
    this.#shards.write(this.#places, records)
    this.#takeUp(count)
  }

  /** @returns false when there is no such live row. @throws RangeError when a fact does not fit */
  setFacts(seq: number, facts: RowFacts): boolean {
    const found = this.#liveRow(seq)
    if (found === undefined) return false
    const { shard, row } = found
    const tail = found.at + this.layout.codeBytes
    writeFacts(shard.view, tail, facts)
    this.#counts.remove(seq, found.flags)
    this.#counts.add(seq, shard.view.getUint8(tail + TAIL.flags))
    shard.setBit('searchable', row, !facts.sealed)
    this.#version += 1
    return true
  }

  /** Overwrites the row with zeros, its seq apart. @returns false when there is no such live row */
  remove(seq: number): boolean {
    const found = this.#liveRow(seq)
    if (found === undefined) return false
    const { shard, row, at, flags } = found
    shard.bytes.fill(0, at, at + this.layout.codeBytes + TAIL.seq)
    shard.setBit('searchable', row, false)
    this.#counts.remove(seq, flags)
    this.#version += 1
    return true
  }

  /** The place of a row, from 0; dead rows have one too. */
  placeOf(seq: number): number | undefined {
    return this.#shards.placeOf(seq, this.#places)
  }

  /** The seq of the row at a place. @throws RangeError when there is none */
  seqAt(place: number): number {
    this.#checkPlaces(place, 1)
    return this.#shards.seqAt(place)
  }

  /** The record at a place, in memory: it changes with the row. @throws RangeError when there is none */
  record(place: number): Uint8Array {
    this.#checkPlaces(place, 1)
    const { shard, at } = this.#shards.rowAt(place)
    return shard.bytes.subarray(at, at + this.rowBytes)
  }

  /** A copy of consecutive records. @throws RangeError unless all of them are there */
  records(from: number, count: number): Uint8Array {
    this.#checkPlaces(from, count)
    return this.#shards.read(from, count)
  }

  /** Of the live rows, sealed ones included. */
  digest(): RowsDigest {
    return this.#counts.digest()
  }

  /** Forgets every row; their bytes are overwritten with zeros. */
  clear(): void {
    this.#shards.clear()
    this.#counts = new RowCounts()
    this.#places = 0
    this.#lastSeq = 0
    this.#version += 1
  }

  /** Counts the records that were written after the last row. */
  #takeUp(count: number): void {
    for (let done = 0; done < count; done += 1) {
      const { shard, row, at } = this.#shards.rowAt(this.#places)
      const tail = at + this.layout.codeBytes
      const flags = shard.view.getUint8(tail + TAIL.flags)
      this.#lastSeq = shard.view.getFloat64(tail + TAIL.seq, true)
      this.#counts.add(this.#lastSeq, flags)
      shard.setBit('searchable', row, (flags & (ROW_LIVE | ROW_SEALED)) === ROW_LIVE)
      shard.count = row + 1
      this.#places += 1
    }
    this.#version += 1
  }

  #liveRow(seq: number): (ShardRow & { readonly flags: number }) | undefined {
    const place = this.placeOf(seq) ?? -1
    if (place < 0) return undefined
    const { shard, row, at } = this.#shards.rowAt(place)
    const flags = shard.view.getUint8(at + this.layout.codeBytes + TAIL.flags)
    return flags === 0 ? undefined : { shard, row, at, flags }
  }

  #checkPlaces(from: number, count: number): void {
    if (Number.isInteger(from) && from >= 0 && count >= 0 && from + count <= this.#places) return
    throw new RangeError(`There are ${this.#places} rows, not ${count} from ${from} on.`)
  }
}
