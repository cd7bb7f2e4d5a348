import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CodeRows } from './code-rows.ts'
import { isKernelThere, KERNEL_NAMES, type KernelName, kernelFor, kernelForm } from './kernels.ts'
import { placeQueries } from './place-queries.ts'
import { quantiseQuery, upperBound } from './quantise-query.ts'
import { addAll, randomNumbers, rowOf, unitVectors } from './scan.fixture.ts'
import type { Shard } from './shard.ts'
import { ENTRY_BYTES, threadPlaces } from './shard-layout.ts'

interface Found {
  readonly row: number
  readonly query: number
  readonly upper: number
}

interface Range {
  readonly first: number
  readonly end: number
  readonly cut: number
  readonly room: number
}

/** Runs a kernel over a range, as often as its room needs. */
function run(name: KernelName, rows: CodeRows, queries: readonly Float32Array[], range: Range): readonly Found[] {
  const shard = rows.shards[0] as Shard
  const { rowBytes, codeBytes, dimension } = rows.layout
  const whole = queries.map((query) => quantiseQuery(query, dimension, codeBytes))
  placeQueries(shard, name, whole)
  const { cuts, out } = threadPlaces(3)
  const groups = Math.ceil(queries.length / 4)
  for (let query = 0; query < groups * 4; query += 1) {
    shard.view.setFloat64(cuts + query * 8, query < queries.length ? range.cut : Number.POSITIVE_INFINITY, true)
  }
  const { records, searchable, queries: at } = shard.layout
  const kernel = kernelFor(name, shard.memory)
  const found: Found[] = []
  for (let row = range.first; row < range.end; ) {
    const next = kernel(records, rowBytes, codeBytes, row, range.end, searchable, at, groups, cuts, out, range.room)
    expect(next).toBeGreaterThan(row)
    found.push(...entries(shard, out))
    row = next
  }
  return found
}

function entries(shard: Shard, out: number): readonly Found[] {
  return Array.from({ length: shard.view.getInt32(out, true) }, (_, entry) => {
    const at = out + (entry + 1) * ENTRY_BYTES
    const upper = shard.view.getFloat64(at + 8, true)
    return { row: shard.view.getInt32(at, true), query: shard.view.getInt32(at + 4, true), upper }
  })
}

function expected(rows: CodeRows, queries: readonly Float32Array[], range: Range): readonly Found[] {
  const { codeBytes, dimension } = rows.layout
  const whole = queries.map((query) => quantiseQuery(query, dimension, codeBytes))
  const found: Found[] = []
  for (let row = range.first; row < range.end; row += 1) {
    const one = rowOf(rows, row)
    if (one.flags !== 1) continue
    whole.forEach((query, at) => {
      const dot = one.codes.reduce((sum, code, place) => sum + code * (query.codes[place] as number), 0)
      const upper = upperBound(dot, one, query)
      if (upper >= range.cut) found.push({ row, query: at, upper })
    })
  }
  return found
}

describe.each(KERNEL_NAMES.filter(isKernelThere))('kernel %s', (name) => {
  const { batch } = kernelForm(name)

  it.each([1, 16, 20, 48, 128, 512, 704])('finds the same bits as plain loops, with %i numbers', (dimension) => {
    const rows = new CodeRows({ dimension, shardRows: 300 })
    addAll(rows, unitVectors(150, dimension, dimension))
    for (const place of [0, 5, 6, 63, 64, 149]) rows.remove(rows.seqAt(place))
    const queries = unitVectors(batch ? 7 : 1, dimension, 99)
    for (const cut of [Number.NEGATIVE_INFINITY, 0.05]) {
      const range = { first: 0, end: 150, cut, room: 4096 }
      expect(run(name, rows, queries, range)).toEqual(expected(rows, queries, range))
    }
  })

  it('looks at the rows of any range, with any bits and any room', () => {
    const dimension = 24
    const queries = unitVectors(batch ? 5 : 1, dimension, 7)
    const input = fc.record({
      count: fc.integer({ min: 1, max: 200 }),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      to: fc.double({ min: 0, max: 1, noNaN: true }),
      dead: fc.double({ min: 0, max: 1, noNaN: true }),
      room: fc.integer({ min: 8, max: 40 }),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(input, ({ count, from, to, dead, room, seed }) => {
        const rows = new CodeRows({ dimension, shardRows: 200 })
        addAll(rows, unitVectors(count, dimension, seed))
        const random = randomNumbers(seed)
        for (let place = 0; place < count; place += 1) if (random() < dead) rows.remove(rows.seqAt(place))
        const first = Math.floor(from * count)
        const range = { first, end: first + Math.ceil(to * (count - first)), cut: -0.1, room }
        expect(run(name, rows, queries, range)).toEqual(expected(rows, queries, range))
      }),
      { numRuns: 60 },
    )
  })

  it('adds the largest codes there are without leaving 32 bits', () => {
    const dimension = 4096
    const rows = new CodeRows({ dimension, shardRows: 2 })
    const flat = new Float32Array(dimension).fill(1 / 64)
    addAll(rows, [flat, flat.map((value) => -value)])
    const queries = batch ? [flat, flat.map((value) => -value)] : [flat]
    const range = { first: 0, end: 2, cut: Number.NEGATIVE_INFINITY, room: 8 }
    const found = run(name, rows, queries, range)
    expect(found).toEqual(expected(rows, queries, range))
    expect(found[0]?.upper).toBeCloseTo(1, 3)
    expect(found.find(({ row, query }) => row === 1 && query === 0)?.upper).toBeCloseTo(-1, 3)
  })
})

describe('kernels', () => {
  it('the plain ones are there on every runtime', () => {
    expect(KERNEL_NAMES.filter(isKernelThere)).toEqual(expect.arrayContaining(['one', 'two', 'batch']))
  })
})
