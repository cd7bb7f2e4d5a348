import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RowFacts } from '../coarse-index.ts'
import { CodeRows } from './code-rows.ts'
import { ADULT, addAll, rowOf, unitVectors } from './scan.fixture.ts'

const vectors = unitVectors(12, 20)

function bitsOf(rows: CodeRows): readonly number[] {
  return rows.shards.flatMap((shard) =>
    Array.from({ length: shard.count }, (_, row) => {
      return (shard.view.getUint8(shard.layout.searchable + (row >> 3)) >> (row & 7)) & 1
    }),
  )
}

describe('rows of codes', () => {
  let rows: CodeRows
  beforeEach(() => {
    rows = new CodeRows({ dimension: 20, shardRows: 5 })
    addAll(rows, vectors)
  })

  it('are counted, and found by seq, over as many memories as they need', () => {
    expect(rows).toMatchObject({ places: 12, live: 12, searchable: 12, lastSeq: 120, dimension: 20, rowBytes: 64 })
    expect(rows.shards.map(({ count }) => count)).toEqual([5, 5, 2])
    for (let place = 0; place < 12; place += 1) {
      expect(rows.placeOf((place + 1) * 10)).toBe(place)
      expect(rows.seqAt(place)).toBe((place + 1) * 10)
    }
    for (const seq of [0, 5, 55, 121, -1]) expect(rows.placeOf(seq)).toBeUndefined()
  })

  it('keep their seq, facts and codes', () => {
    const facts: RowFacts = { source: 77, bookedAt: '1999-12-31', birthYear: null, sex: 'X', sealed: true }
    rows.add(121, facts, vectors[3] as Float32Array)
    expect(rowOf(rows, 12)).toEqual({ ...rowOf(rows, 3), seq: 121, facts, flags: 3 })
  })

  it.each([120, 119, 0, -4, 130.5, Number.NaN, 2 ** 53])('refuse the seq %d, and stay as they were', (seq) => {
    const before = rows.records(0, 12)
    expect(() => rows.add(seq, ADULT, vectors[0] as Float32Array)).toThrow(RangeError)
    expect(rows).toMatchObject({ places: 12, lastSeq: 120 })
    expect(rows.records(0, 12)).toEqual(before)
  })

  it('take nothing of a row whose facts cannot be used', () => {
    expect(() => rows.add(130, { ...ADULT, source: 70_000 }, vectors[0] as Float32Array)).toThrow(RangeError)
    const shard = rows.shards[2]
    expect(shard?.bytes.slice(shard.recordAt(2), shard.recordAt(3))).toEqual(new Uint8Array(64))
    rows.add(130, ADULT, vectors[0] as Float32Array)
    expect(rowOf(rows, 12)).toEqual({ ...rowOf(rows, 0), seq: 130 })
  })

  it('a removed one is zero in every byte but its seq, and keeps its place', () => {
    const { version } = rows
    expect(rows.remove(70)).toBe(true)
    const record = rows.record(6)
    expect([...record.subarray(0, 56)]).toEqual(new Array(56).fill(0))
    expect(rowOf(rows, 6).seq).toBe(70)
    expect(rows).toMatchObject({ places: 12, live: 11, searchable: 11 })
    expect(rows.placeOf(70)).toBe(6)
    expect(bitsOf(rows)).toEqual([1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1])
    expect(rows.version).not.toBe(version)
  })

  it('there is nothing to remove or change in a row that is dead or was never there', () => {
    rows.remove(70)
    const { version } = rows
    for (const seq of [70, 75, 1000]) {
      expect(rows.remove(seq)).toBe(false)
      expect(rows.setFacts(seq, ADULT)).toBe(false)
    }
    expect(rows.version).toBe(version)
    expect(rows.live).toBe(11)
  })

  it('sealing takes one out of the comparison, not out of the rows', () => {
    const before = rowOf(rows, 4)
    expect(rows.setFacts(50, { ...ADULT, sealed: true })).toBe(true)
    expect(rows).toMatchObject({ live: 12, searchable: 11 })
    expect(bitsOf(rows)[4]).toBe(0)
    expect(rowOf(rows, 4).codes).toEqual(before.codes)
    rows.setFacts(50, { ...ADULT, sealed: true })
    expect(rows.searchable).toBe(11)
    rows.setFacts(50, { ...ADULT, source: 9 })
    expect(rowOf(rows, 4).facts).toEqual({ ...ADULT, source: 9 })
    expect(bitsOf(rows)[4]).toBe(1)
    expect(rows.searchable).toBe(12)
  })

  it('a sealed one can be removed, and an unusable fact changes nothing', () => {
    rows.setFacts(50, { ...ADULT, sealed: true })
    expect(() => rows.setFacts(50, { ...ADULT, source: -1 })).toThrow(RangeError)
    expect(rowOf(rows, 4).flags).toBe(3)
    rows.remove(50)
    expect(rows).toMatchObject({ live: 11, searchable: 11 })
  })

  it('clearing overwrites every byte, and rows can be added anew', () => {
    rows.clear()
    expect(rows).toMatchObject({ places: 0, live: 0, searchable: 0, lastSeq: 0 })
    expect(rows.digest()).toEqual({ rows: 0, sum: 0n, squares: 0n })
    for (const shard of rows.shards) {
      expect(shard.bytes.subarray(shard.layout.searchable).every((byte) => byte === 0)).toBe(true)
    }
    addAll(rows, vectors.slice(0, 6))
    expect(rows.shards.map(({ count }) => count)).toEqual([5, 1, 0])
  })

  it('there are no records where there are no rows', () => {
    expect(() => rows.record(12)).toThrow(RangeError)
    expect(() => rows.seqAt(-1)).toThrow(RangeError)
    expect(() => rows.records(10, 3)).toThrow(RangeError)
    expect(rows.records(12, 0)).toHaveLength(0)
  })

  it('need room for at least one row in a memory', () => {
    expect(() => new CodeRows({ dimension: 20, shardRows: 0 })).toThrow(RangeError)
    expect(() => new CodeRows({ dimension: 0 })).toThrow(RangeError)
  })

  it('fill 4 GB before the next memory', () => {
    expect(new CodeRows({ dimension: 512 }).shardRows * 544).toBeGreaterThan(2 ** 32 * 0.998)
    expect(new CodeRows({ dimension: 1 }).shardRows * 48).toBeLessThan(2 ** 32)
  })
})

describe('records of rows', () => {
  it('make the same rows again, in pages of any size, dead and sealed ones too', () => {
    const page = fc.integer({ min: 1, max: 7 })
    const shard = fc.integer({ min: 1, max: 9 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), page, shard, shard, fc.nat(12), (count, size, one, other, dead) => {
        const rows = new CodeRows({ dimension: 20, shardRows: one })
        addAll(rows, vectors.slice(0, count))
        rows.remove(dead * 10)
        rows.setFacts(30, { ...ADULT, sealed: true })
        const copy = new CodeRows({ dimension: 20, shardRows: other })
        for (let from = 0; from < count; from += size) {
          copy.addRecords(rows.records(from, Math.min(size, count - from)))
        }
        expect(copy.records(0, count)).toEqual(rows.records(0, count))
        expect(copy.digest()).toEqual(rows.digest())
        expect(bitsOf(copy)).toEqual(bitsOf(rows))
        for (const name of ['places', 'live', 'searchable', 'lastSeq'] as const) expect(copy[name]).toBe(rows[name])
      }),
    )
  })

  it('are a copy, that later changes leave alone', () => {
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, vectors)
    const copy = rows.records(0, 12)
    rows.remove(10)
    expect(copy.subarray(0, 20).some((byte) => byte !== 0)).toBe(true)
  })

  it('may come in a view with an offset that is no multiple of eight', () => {
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, vectors.slice(0, 2))
    const shifted = new Uint8Array(3 + 128)
    shifted.set(rows.records(0, 2), 3)
    const copy = new CodeRows({ dimension: 20 })
    copy.addRecords(shifted.subarray(3))
    expect(copy.records(0, 2)).toEqual(rows.records(0, 2))
  })

  const faults: readonly (readonly [string, (view: DataView) => void])[] = [
    ['seqs that go back', (view) => view.setFloat64(64 + 56, 10, true)],
    ['a seq that is no number', (view) => view.setFloat64(56, Number.NaN, true)],
    ['a seq of 0', (view) => view.setFloat64(56, 0, true)],
    ['a scale that is no number', (view) => view.setFloat32(32, Number.NaN, true)],
    ['an infinite residual', (view) => view.setFloat32(36, Number.POSITIVE_INFINITY, true)],
    ['a residual below zero', (view) => view.setFloat32(64 + 36, -1, true)],
    ['unknown flags', (view) => view.setUint8(64 + 53, 4)],
    ['a row that is sealed and not live', (view) => view.setUint8(64 + 53, 2)],
  ]
  it.each(faults)('with %s are refused, all of them', (_, spoil) => {
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, vectors.slice(0, 2))
    const records = rows.records(0, 2)
    const copy = new CodeRows({ dimension: 20 })
    spoil(new DataView(records.buffer))
    expect(() => copy.addRecords(records)).toThrow(RangeError)
    expect(copy).toMatchObject({ places: 0, lastSeq: 0, live: 0 })
  })

  it('are refused when they do not follow the rows there are', () => {
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, vectors.slice(0, 2))
    expect(() => rows.addRecords(rows.records(0, 1))).toThrow(RangeError)
    expect(rows.places).toBe(2)
  })

  it('are refused when the last one is not whole', () => {
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, vectors.slice(0, 2))
    const copy = new CodeRows({ dimension: 20 })
    for (const bytes of [1, 63, 65, 127]) {
      expect(() => copy.addRecords(rows.records(0, 2).subarray(0, bytes))).toThrow(RangeError)
    }
    expect(copy.places).toBe(0)
  })
})

describe('the digest of rows', () => {
  it('is that of the rows that live, whatever was done before', () => {
    const act = fc.record({ kind: fc.constantFrom('add', 'remove', 'facts'), pick: fc.nat(30) })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const rows = new CodeRows({ dimension: 20, shardRows: 4 })
        const alive = new Map<number, boolean>()
        for (const { kind, pick } of acts) {
          const seq = pick + 1
          if (kind === 'add') {
            rows.add(rows.lastSeq + seq, ADULT, vectors[pick % 12] as Float32Array)
            alive.set(rows.lastSeq, false)
          } else if (kind === 'remove') expect(rows.remove(seq)).toBe(alive.delete(seq))
          else if (rows.setFacts(seq, { ...ADULT, sealed: pick % 2 === 0 })) alive.set(seq, pick % 2 === 0)
          else expect(alive.has(seq)).toBe(false)
        }
        const seqs = [...alive.keys()].map(BigInt)
        expect(rows.digest()).toEqual({
          rows: seqs.length,
          sum: seqs.reduce((sum, seq) => sum + seq, 0n),
          squares: seqs.reduce((sum, seq) => sum + seq * seq, 0n),
        })
        expect(rows.live).toBe(seqs.length)
        expect(rows.searchable).toBe([...alive.values()].filter((sealed) => !sealed).length)
        expect(bitsOf(rows).filter(Boolean)).toHaveLength(rows.searchable)
      }),
    )
  })
})
