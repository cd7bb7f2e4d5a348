import { type KernelName, kernelForm } from './kernels.ts'
import { digitsOf, type QuantisedQuery } from './quantise-query.ts'
import type { Shard } from './shard.ts'
import { QUERY_NUMBERS_BYTES } from './shard-layout.ts'

/** Queries that a batch kernel takes side by side. */
export const GROUP = 4

/**
 * Writes queries into a shard as a kernel takes them. One query: its numbers, then its codes. Groups of four: the
 * numbers of all, then their codes side by side, eight of each in turn; missing ones are zero. In digits: for each 16
 * codes the high digits of every query of the group, then the low ones.
 */
export function placeQueries(shard: Shard, kernel: KernelName, queries: readonly QuantisedQuery[]): void {
  const { batch, digits } = kernelForm(kernel)
  const width = batch ? GROUP : 1
  const codeBytes = queries[0]?.codes.length ?? 0
  for (let first = 0; first < queries.length; first += width) {
    const at = shard.layout.queries + (first / width) * groupBytes(width, codeBytes)
    shard.bytes.fill(0, at, at + groupBytes(width, codeBytes))
    queries.slice(first, first + width).forEach((query, place) => {
      placeNumbers(shard.view, at + place * QUERY_NUMBERS_BYTES, query)
      const codes = at + width * QUERY_NUMBERS_BYTES
      if (digits) placeDigits(shard.bytes, codes, query.codes, place, width)
      else placeCodes(shard.view, codes, query.codes, place, width)
    })
  }
}

/** Bytes of so many queries side by side. */
export function groupBytes(width: number, codeBytes: number): number {
  return width * (QUERY_NUMBERS_BYTES + 2 * codeBytes)
}

function placeNumbers(view: DataView, at: number, query: QuantisedQuery): void {
  view.setFloat64(at, query.scale, true)
  view.setFloat64(at + 8, query.reach, true)
  view.setFloat64(at + 16, query.slack, true)
}

function placeCodes(view: DataView, at: number, codes: Int16Array, place: number, width: number): void {
  codes.forEach((code, number) => {
    const block = number >> 3
    view.setInt16(at + (block * width + place) * 16 + (number & 7) * 2, code, true)
  })
}

function placeDigits(bytes: Uint8Array, at: number, codes: Int16Array, place: number, width: number): void {
  const { high, low } = digitsOf(codes)
  for (let number = 0; number < codes.length; number += 16) {
    const block = at + number * 2 * width
    bytes.set(high.subarray(number, number + 16), block + place * 16)
    bytes.set(low.subarray(number, number + 16), block + (width + place) * 16)
  }
}
