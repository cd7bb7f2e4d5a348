import { describe, expect, it } from 'vitest'
import { groupBytes, placeQueries } from './place-queries.ts'
import { digitsOf, quantiseQuery } from './quantise-query.ts'
import { rowLayout } from './row-record.ts'
import { unitVectors } from './scan.fixture.ts'
import { Shard } from './shard.ts'
import { PASS_QUERIES } from './shard-layout.ts'

const CODES = 32
const queries = unitVectors(6, 30).map((query) => quantiseQuery(query, 30, CODES))

function placed(kernel: 'one' | 'batch' | 'relaxed one' | 'relaxed batch', count: number): Shard {
  const shard = new Shard(rowLayout(30), 4)
  shard.bytes.fill(0xaa, shard.layout.queries, shard.layout.searchable)
  placeQueries(shard, kernel, queries.slice(0, count))
  return shard
}

function numbersAt(shard: Shard, at: number): readonly number[] {
  return [0, 8, 16].map((part) => shard.view.getFloat64(shard.layout.queries + at + part, true))
}

describe('placeQueries', () => {
  it('one query: numbers, then codes in their order', () => {
    const shard = placed('one', 1)
    const [query] = queries
    expect(numbersAt(shard, 0)).toEqual([query?.scale, query?.reach, query?.slack])
    const codes = Array.from({ length: CODES }, (_, at) =>
      shard.view.getInt16(shard.layout.queries + 32 + at * 2, true),
    )
    expect(codes).toEqual([...(query?.codes ?? [])])
  })

  it('one query in digits: sixteen high ones, then sixteen low ones', () => {
    const shard = placed('relaxed one', 1)
    const { high, low } = digitsOf(queries[0]?.codes ?? new Int16Array())
    const at = shard.layout.queries + 32
    const parts = [high.subarray(0, 16), low.subarray(0, 16), high.subarray(16), low.subarray(16)]
    expect([...shard.bytes.subarray(at, at + 64)]).toEqual(parts.flatMap((part) => [...part]))
  })

  it('groups of four: numbers of each, then eight codes of each in turn', () => {
    const shard = placed('batch', 6)
    queries.forEach((query, number) => {
      const group = Math.floor(number / 4) * groupBytes(4, CODES)
      expect(numbersAt(shard, group + (number % 4) * 32)).toEqual([query.scale, query.reach, query.slack])
      query.codes.forEach((code, at) => {
        const block = (Math.floor(at / 8) * 4 + (number % 4)) * 16
        expect(shard.view.getInt16(shard.layout.queries + group + 128 + block + (at % 8) * 2, true)).toBe(code)
      })
    })
  })

  it('groups in digits: the high ones of four queries, then the low ones, by sixteens', () => {
    const shard = placed('relaxed batch', 4)
    queries.slice(0, 4).forEach((query, number) => {
      const { high, low } = digitsOf(query.codes)
      for (let block = 0; block < 2; block += 1) {
        const at = shard.layout.queries + 128 + block * 128 + number * 16
        expect(shard.bytes.slice(at, at + 16)).toEqual(high.slice(block * 16, block * 16 + 16))
        expect(shard.bytes.slice(at + 64, at + 80)).toEqual(low.slice(block * 16, block * 16 + 16))
      }
    })
  })

  it('fills a group up with zeros, and writes nothing past it', () => {
    const shard = placed('batch', 1)
    const at = shard.layout.queries
    expect(numbersAt(shard, 32)).toEqual([0, 0, 0])
    const second = Array.from({ length: 8 }, (_, code) => shard.view.getInt16(at + 128 + 16 + code * 2, true))
    expect(second).toEqual(new Array(8).fill(0))
    expect(shard.bytes[at + groupBytes(4, CODES)]).toBe(0xaa)
  })

  it('there is room for a whole pass', () => {
    const many = Array.from({ length: PASS_QUERIES }, (_, at) => queries[at % 6] as (typeof queries)[number])
    for (const kernel of ['batch', 'relaxed batch'] as const) {
      const shard = new Shard(rowLayout(30), 4)
      shard.makeRoom(4)
      placeQueries(shard, kernel, many)
      expect(shard.bytes.subarray(shard.layout.searchable).every((byte) => byte === 0)).toBe(true)
    }
  })
})
