import type { RowLayout } from './row-record.ts'

/** Queries that can lie ready for one pass. */
export const PASS_QUERIES = 64

/** Threads that can scan one memory at once, the calling one included. */
export const MAX_THREADS = 32

/** Entries a kernel can write before somebody must read them; at least one for each query of a pass. */
export const ENTRY_ROOM = 4096

/** Bytes of an entry, and of the count before the first. */
export const ENTRY_BYTES = 16

/** Bytes of scale, reach and slack of a query, padded. */
export const QUERY_NUMBERS_BYTES = 32

const PAGE = 65_536
const CONTROL_BYTES = 64
const CUT_BYTES = PASS_QUERIES * 8
const THREAD_BYTES = CUT_BYTES + ENTRY_BYTES * (1 + ENTRY_ROOM)

/** 4 GB less a page, so that no address after a record is too large for 32 bits. */
const MAX_BYTES = 65_535 * PAGE

/** Where everything lies in the memory of a shard, in bytes. All multiples of 16. */
export interface ShardLayout {
  /** Rows it has room for. */
  readonly rows: number
  readonly queries: number
  /** One bit a row that is live and not sealed, padded to 64. */
  readonly searchable: number
  /** One bit a row that passes a filter. */
  readonly filtered: number
  readonly records: number
}

/** @param rows rows wanted; as many as fit into 4 GB when there are fewer */
export function shardLayout(row: RowLayout, rows: number): ShardLayout {
  const queries = CONTROL_BYTES + MAX_THREADS * THREAD_BYTES
  const searchable = queries + PASS_QUERIES * (QUERY_NUMBERS_BYTES + 2 * row.codeBytes)
  // Two bits a row, each bitmap padded to 16 bytes.
  const most = Math.floor((MAX_BYTES - searchable - 32) / (row.rowBytes + 0.25))
  const room = Math.min(rows, most)
  const bitmap = Math.ceil(room / 128) * 16
  return { rows: room, queries, searchable, filtered: searchable + bitmap, records: searchable + 2 * bitmap }
}

/** Where a thread has its cuts, its count of entries and its entries. */
export function threadPlaces(thread: number): { readonly cuts: number; readonly out: number } {
  const cuts = CONTROL_BYTES + thread * THREAD_BYTES
  return { cuts, out: cuts + CUT_BYTES }
}

/** Pages for so many bytes. */
export function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE)
}
