import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IndexFilter, RowFacts } from '../coarse-index.ts'
import { CodeRows } from './code-rows.ts'
import { FilterBitmap } from './filter-bitmap.ts'
import { SEX_CODES } from './row-record.ts'
import { ADULT, OPEN_FILTER, unitVectors } from './scan.fixture.ts'

const [vector] = unitVectors(1, 16) as [Float32Array]

function rowsOf(facts: readonly RowFacts[], shardRows = 7): CodeRows {
  const rows = new CodeRows({ dimension: 16, shardRows })
  for (const [at, one] of facts.entries()) rows.add(at + 1, one, vector)
  return rows
}

/** The seqs whose bit is set. */
async function selected(rows: CodeRows, filter: IndexFilter, bitmap = new FilterBitmap(rows)) {
  const selection = await bitmap.select(filter)
  const seqs = rows.shards.flatMap((shard, at) =>
    Array.from({ length: shard.count }, (_, row) => row)
      .filter((row) => (shard.view.getUint8(shard.layout[selection.bitmap] + (row >> 3)) >> (row & 7)) & 1)
      .map((row) => rows.seqAt(at * rows.shardRows + row)),
  )
  expect(selection.count).toBe(seqs.length)
  return seqs
}

const FACTS: readonly RowFacts[] = [
  { source: 1, bookedAt: '2020-01-01', birthYear: 1980, sex: 'F', sealed: false },
  { source: 2, bookedAt: '2021-06-15', birthYear: 1990, sex: 'M', sealed: false },
  { source: 3, bookedAt: '2022-12-31', birthYear: null, sex: 'U', sealed: false },
  { source: 2, bookedAt: '2023-03-03', birthYear: 2000, sex: 'X', sealed: false },
  { source: 1, bookedAt: '2021-06-15', birthYear: 1990, sex: 'M', sealed: true },
]

describe('a filter', () => {
  it.each<[string, Partial<IndexFilter>, readonly number[]]>([
    ['nothing given: all but sealed ones', {}, [1, 2, 3, 4]],
    ['a source', { sources: [2] }, [2, 4]],
    ['several sources, an unknown one among them', { sources: [1, 3, 999] }, [1, 3]],
    ['no source', { sources: [] }, []],
    ['booked from a day on', { bookedFrom: '2021-06-15' }, [2, 3, 4]],
    ['booked from the day after', { bookedFrom: '2021-06-16' }, [3, 4]],
    ['booked up to a day', { bookedTo: '2021-06-15' }, [1, 2]],
    ['booked before the first', { bookedTo: '2019-12-31' }, []],
    ['days in the wrong order', { bookedFrom: '2023-01-01', bookedTo: '2020-01-01' }, []],
    ['a sex, with those not recorded', { sexes: ['F'] }, [1, 3]],
    ['two sexes, with those not recorded', { sexes: ['M', 'X'] }, [2, 3, 4]],
    ['only those not recorded', { sexes: ['U'] }, [3]],
    ['born from a year on, with those of no year', { bornFrom: 1990 }, [2, 3, 4]],
    ['born up to a year, with those of no year', { bornTo: 1989 }, [1, 3]],
    ['a band of years, with those of no year', { bornFrom: 1985, bornTo: 1995 }, [2, 3]],
    ['all parts at once', { sources: [2], bookedFrom: '2021-01-01', sexes: ['M'], bornTo: 1990 }, [2]],
  ])('selects by %s', async (_, part, seqs) => {
    expect(await selected(rowsOf(FACTS), { ...OPEN_FILTER, ...part })).toEqual(seqs)
  })

  it('selects neither sealed nor dead rows, and follows every change', async () => {
    const rows = rowsOf(FACTS)
    const bitmap = new FilterBitmap(rows)
    const filter: IndexFilter = { ...OPEN_FILTER, sources: [1, 2] }
    expect(await selected(rows, filter, bitmap)).toEqual([1, 2, 4])
    rows.remove(2)
    expect(await selected(rows, filter, bitmap)).toEqual([1, 4])
    rows.setFacts(1, { ...ADULT, sealed: true })
    expect(await selected(rows, filter, bitmap)).toEqual([4])
    rows.setFacts(5, ADULT)
    expect(await selected(rows, filter, bitmap)).toEqual([4, 5])
    rows.add(6, { ...ADULT, source: 2 }, vector)
    expect(await selected(rows, filter, bitmap)).toEqual([4, 5, 6])
    rows.clear()
    expect(await selected(rows, filter, bitmap)).toEqual([])
  })

  it('is kept while neither it nor a row changes', async () => {
    const rows = rowsOf(FACTS)
    const bitmap = new FilterBitmap(rows)
    const filter: IndexFilter = { ...OPEN_FILTER, sources: [2] }
    await bitmap.select(filter)
    const shard = rows.shards[0]
    shard?.view.setUint8(shard.layout.filtered, 0b10101)
    expect(await bitmap.select(filter)).toEqual({ bitmap: 'filtered', count: 2 })
    expect(shard?.view.getUint8(shard.layout.filtered)).toBe(0b10101)
    await bitmap.select({ ...filter, bornTo: 1995 })
    expect(shard?.view.getUint8(shard.layout.filtered)).toBe(0b00010)
  })

  it('a filter that cannot be used leaves nothing of itself behind', async () => {
    const rows = rowsOf(FACTS)
    const bitmap = new FilterBitmap(rows)
    await expect(bitmap.select({ ...OPEN_FILTER, bookedFrom: 'yesterday' })).rejects.toThrow(RangeError)
    await expect(bitmap.select({ ...OPEN_FILTER, bookedFrom: 'yesterday' })).rejects.toThrow(RangeError)
    expect(await selected(rows, { ...OPEN_FILTER, sources: [3] }, bitmap)).toEqual([3])
  })

  it('selects as plain rules do, whatever the facts and the filter', async () => {
    const day = fc
      .integer({ min: 18_000, max: 18_020 })
      .map((at) => new Date(at * 86_400_000).toISOString().slice(0, 10))
    const year = fc.integer({ min: 1990, max: 1996 })
    const source = fc.integer({ min: 1, max: 5 })
    const sex = fc.constantFrom(...SEX_CODES)
    const facts = fc.record({ source, bookedAt: day, birthYear: fc.option(year), sex, sealed: fc.boolean() })
    const filter = fc.record({
      sources: fc.option(fc.array(source)),
      bookedFrom: fc.option(day),
      bookedTo: fc.option(day),
      sexes: fc.option(fc.array(sex)),
      bornFrom: fc.option(year),
      bornTo: fc.option(year),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { maxLength: 30 }), filter, async (all, given) => {
        const passes = (one: RowFacts) =>
          !one.sealed &&
          (given.sources?.includes(one.source) ?? true) &&
          one.bookedAt >= (given.bookedFrom ?? '') &&
          one.bookedAt <= (given.bookedTo ?? '9') &&
          (one.sex === 'U' || (given.sexes?.includes(one.sex) ?? true)) &&
          (one.birthYear === null ||
            (one.birthYear >= (given.bornFrom ?? 0) && one.birthYear <= (given.bornTo ?? 9999)))
        const seqs = all.flatMap((one, at) => (passes(one) ? [at + 1] : []))
        expect(await selected(rowsOf(all, 20), given)).toEqual(seqs)
      }),
    )
  })
})
