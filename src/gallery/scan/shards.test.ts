import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowLayout, TAIL } from './row-record.ts'
import { Shard } from './shard.ts'
import { MAX_THREADS, shardLayout, threadPlaces } from './shard-layout.ts'
import { Shards } from './shards.ts'

const LAYOUT = rowLayout(16)

/** Records with the seqs from `first` on, two apart. */
function records(first: number, count: number): Uint8Array {
  const bytes = new Uint8Array(count * LAYOUT.rowBytes)
  const view = new DataView(bytes.buffer)
  for (let row = 0; row < count; row += 1) {
    const tail = row * LAYOUT.rowBytes + LAYOUT.codeBytes
    bytes[tail - 1] = (first + row) % 251
    view.setFloat64(tail + TAIL.seq, first + 2 * row, true)
  }
  return bytes
}

describe('shards', () => {
  it('read what was written, in pieces of any size over memories of any size', () => {
    const size = fc.integer({ min: 1, max: 11 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), size, size, size, (count, rows, written, read) => {
        const shards = new Shards(LAYOUT, rows)
        const all = records(1, count)
        shards.makeRoom(count)
        for (let place = 0; place < count; place += written) {
          const end = Math.min(count, place + written) * LAYOUT.rowBytes
          shards.write(place, all.subarray(place * LAYOUT.rowBytes, end))
        }
        for (let place = 0; place < count; place += read) {
          const some = Math.min(read, count - place)
          const start = place * LAYOUT.rowBytes
          expect(shards.read(place, some)).toEqual(all.slice(start, start + some * LAYOUT.rowBytes))
        }
        expect(shards.list).toHaveLength(Math.max(1, Math.ceil(count / rows)))
      }),
    )
  })

  it('find the place of a seq among those that are there, and of no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }), (count, rows) => {
        const shards = new Shards(LAYOUT, rows)
        shards.makeRoom(count + 1)
        shards.write(0, records(1, count))
        for (let seq = 0; seq <= 2 * count + 1; seq += 1) {
          const place = seq % 2 === 1 && seq < 2 * count ? (seq - 1) / 2 : undefined
          expect(shards.placeOf(seq, count)).toBe(place)
        }
      }),
    )
  })

  it('say where a row is, and that there is none beyond', () => {
    const shards = new Shards(LAYOUT, 4)
    shards.makeRoom(6)
    expect(shards.rowAt(5)).toEqual({ shard: shards.list[1], row: 1, at: shards.list[1]?.recordAt(1) })
    expect(() => shards.rowAt(8)).toThrow(RangeError)
    expect(() => shards.rowAt(-1)).toThrow(RangeError)
  })

  it.each([0, -3, 2.5, Number.NaN, Number.POSITIVE_INFINITY])('cannot have %d rows each', (rows) => {
    expect(() => new Shards(LAYOUT, rows)).toThrow(RangeError)
  })
})

describe('a shard', () => {
  it('grows by what it needs, keeps what it holds, and never past 4 GB', () => {
    const shard = new Shard(rowLayout(512), 100_000)
    shard.makeRoom(1)
    const { length } = shard.bytes
    shard.bytes.fill(7, shard.recordAt(0), shard.recordAt(1))
    shard.makeRoom(1)
    expect(shard.bytes).toHaveLength(length)
    shard.makeRoom(60_000)
    expect(shard.bytes.length).toBeGreaterThanOrEqual(shard.recordAt(60_000))
    expect(shard.bytes.subarray(shard.recordAt(0), shard.recordAt(1)).every((byte) => byte === 7)).toBe(true)
    expect(() => shard.makeRoom(10_000_000)).toThrow(RangeError)
    expect(shard.bytes.length).toBeGreaterThanOrEqual(shard.recordAt(60_000))
  })

  it('sets and clears one bit of one bitmap', () => {
    const shard = new Shard(LAYOUT, 100)
    const bits = (at: number) => [...shard.bytes.subarray(at, at + 3)]
    shard.setBit('searchable', 0, true)
    shard.setBit('searchable', 9, true)
    shard.setBit('searchable', 9, true)
    shard.setBit('filtered', 23, true)
    expect(bits(shard.layout.searchable)).toEqual([1, 2, 0])
    expect(bits(shard.layout.filtered)).toEqual([0, 0, 128])
    shard.setBit('searchable', 0, false)
    shard.setBit('searchable', 1, false)
    expect(bits(shard.layout.searchable)).toEqual([0, 2, 0])
  })
})

describe('the layout of a shard', () => {
  it('lets no two parts overlap, and everything fit below 4 GB', () => {
    const dimension = fc.integer({ min: 1, max: 4096 })
    const rows = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constant(Number.MAX_SAFE_INTEGER))
    fc.assert(
      fc.property(dimension, rows, (numbers, wanted) => {
        const row = rowLayout(numbers)
        const layout = shardLayout(row, wanted)
        const lastThread = threadPlaces(MAX_THREADS - 1)
        expect(threadPlaces(0).cuts).toBeGreaterThanOrEqual(8)
        expect(threadPlaces(1).cuts - threadPlaces(0).out).toBe(16 * 4097)
        expect(layout.queries).toBeGreaterThanOrEqual(lastThread.out + 16 * 4097)
        expect(layout.searchable - layout.queries).toBe(64 * (32 + 2 * row.codeBytes))
        // A kernel reads bits by 64.
        expect(layout.filtered - layout.searchable).toBeGreaterThanOrEqual(Math.ceil(layout.rows / 64) * 8)
        expect(layout.records - layout.filtered).toBe(layout.filtered - layout.searchable)
        expect(layout.records + layout.rows * row.rowBytes).toBeLessThan(2 ** 32)
        for (const at of Object.values({ ...layout, rows: 0 })) expect(at % 16).toBe(0)
        expect(layout.rows).toBeLessThanOrEqual(wanted)
        expect(layout.rows).toBeGreaterThan(wanted > 1000 ? 900_000 : wanted - 1)
      }),
    )
  })
})
