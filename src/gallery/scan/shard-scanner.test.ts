import { describe, expect, it } from 'vitest'
import { CodeRows } from './code-rows.ts'
import { placeQueries } from './place-queries.ts'
import { quantiseQuery } from './quantise-query.ts'
import { addAll, OPEN_FILTER, plainScan, unitVectors } from './scan.fixture.ts'
import type { Shard } from './shard.ts'
import { ENTRY_ROOM } from './shard-layout.ts'
import { ShardScanner, type ShardSlice } from './shard-scanner.ts'
import { TopRows } from './top-rows.ts'

const QUERIES = unitVectors(40, 16, 3)
const NONE = Number.NEGATIVE_INFINITY

function scanned(rows: CodeRows, count: number, room: number, slices: readonly Partial<ShardSlice>[], floor = NONE) {
  const shard = rows.shards[0] as Shard
  const kernel = count === 1 ? 'two' : 'batch'
  placeQueries(
    shard,
    kernel,
    QUERIES.slice(0, count).map((query) => quantiseQuery(query, 16, 16)),
  )
  const scanner = new ShardScanner(shard.memory, shard.layout, rows.layout, 2)
  const tops = Array.from({ length: count }, () => new TopRows(room))
  for (const slice of slices) {
    scanner.scan(kernel, { bitmap: 'searchable', first: 0, end: shard.count, from: 0, ...slice }, tops, floor)
  }
  return tops.map((top) => top.take())
}

function best(rows: CodeRows, query: number, k: number, floor = -1) {
  return plainScan(rows, QUERIES[query] as Float32Array, { k, floor, filter: OPEN_FILTER }).rows
}

describe('a scanner of a shard', () => {
  const rows = new CodeRows({ dimension: 16, shardRows: 10_000 })
  const few = unitVectors(300, 16, 4)
  addAll(
    rows,
    Array.from({ length: 2 * ENTRY_ROOM + 100 }, (_, at) => few[at % 300] as Float32Array),
  )

  it('goes on where a kernel had no more room for entries', () => {
    const [all] = scanned(rows, 1, rows.places, [{}])
    expect(new Set(all?.places).size).toBe(rows.places)
    const [top] = scanned(rows, 1, 50, [{}])
    expect([...(top?.uppers ?? [])]).toEqual(best(rows, 0, 50).map(({ upper }) => upper))
    expect([...(top?.places ?? [])].map((place) => rows.seqAt(place))).toEqual(best(rows, 0, 50).map(({ seq }) => seq))
  })

  it.each([2, 4, 5, 15, 16, 17, 33, 40])('keeps %i queries apart', (count) => {
    const tops = scanned(rows, count, 8, [{ end: 4000 }, { first: 4000 }])
    for (const query of [0, 1, count - 1]) {
      expect([...(tops[query]?.uppers ?? [])]).toEqual(best(rows, query, 8).map(({ upper }) => upper))
    }
  })

  it('offers nothing below the floor, and what is at it', () => {
    const floor = best(rows, 0, 40).at(-1)?.upper as number
    const [top] = scanned(rows, 1, 10_000, [{}], floor)
    expect(top?.uppers.at(-1)).toBe(floor)
    expect(top?.places.length).toBe(best(rows, 0, 10_000, floor).length)
  })

  it('numbers places from where its shard starts', () => {
    const [here] = scanned(rows, 1, 5, [{}])
    const [there] = scanned(rows, 1, 5, [{ from: 20_000 }])
    expect([...(there?.places ?? [])]).toEqual([...(here?.places ?? [])].map((place) => place + 20_000))
  })

  it('looks at the bitmap it is told to', () => {
    const shard = rows.shards[0] as Shard
    shard.setBit('filtered', 77, true)
    shard.setBit('filtered', 8000, true)
    const [top] = scanned(rows, 1, 5, [{ bitmap: 'filtered' }])
    expect([...(top?.places ?? [])].sort((one, other) => one - other)).toEqual([77, 8000])
  })
})
