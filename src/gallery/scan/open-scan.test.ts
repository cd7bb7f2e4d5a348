import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CoarseAsk, RowFacts } from '../coarse-index.ts'
import { exactScore } from '../exact-score.ts'
import type { KernelChoice } from './choose-kernel.ts'
import { CodeRows } from './code-rows.ts'
import { openScan } from './open-scan.ts'
import { SEX_CODES } from './row-record.ts'
import { ADULT, addAll, OPEN_FILTER, plainScan, randomNumbers, unitVectors } from './scan.fixture.ts'

const ASK: CoarseAsk = { k: 5, floor: -1, filter: OPEN_FILTER }

function filled(count: number, dimension: number, shardRows = 1000): CodeRows {
  const rows = new CodeRows({ dimension, shardRows })
  addAll(rows, unitVectors(count, dimension, count + dimension))
  return rows
}

async function scanOne(rows: CodeRows, query: Float32Array, ask: CoarseAsk, kernels?: KernelChoice) {
  const scan = openScan(rows, { threads: 0, ...(kernels === undefined ? {} : { kernels }) })
  const [answer] = await scan.scan([query], ask)
  await scan.close()
  return answer
}

describe('a scan', () => {
  it.each([16, 20, 128, 512, 704])('answers as plain loops do, with %i numbers', async (dimension) => {
    const rows = filled(90, dimension)
    for (const query of unitVectors(3, dimension, 4)) {
      expect(await scanOne(rows, query, ASK)).toEqual(plainScan(rows, query, ASK))
    }
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('of %i rows answers with as many as there are', async (count) => {
    const rows = filled(count, 20)
    const [query] = unitVectors(1, 20, 8) as [Float32Array]
    const answer = await scanOne(rows, query, ASK)
    expect(answer).toEqual(plainScan(rows, query, ASK))
    expect(answer?.rows).toHaveLength(Math.min(5, count))
    expect(answer?.bound === Number.NEGATIVE_INFINITY).toBe(count <= 5)
    const all = await scanOne(rows, query, { ...ASK, k: 1_000_000 })
    expect(all).toMatchObject({ searched: count, enrolled: count, bound: Number.NEGATIVE_INFINITY })
    expect(all?.rows).toHaveLength(count)
  })

  it('lists identical rows by seq, and is bounded by the same number', async () => {
    const rows = new CodeRows({ dimension: 20, shardRows: 64 })
    const [vector] = unitVectors(1, 20) as [Float32Array]
    addAll(rows, new Array(200).fill(vector))
    const answer = await scanOne(rows, vector, { ...ASK, k: 150 })
    expect(answer?.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 150 }, (_, at) => (at + 1) * 10))
    expect(new Set(answer?.rows.map(({ upper }) => upper))).toEqual(new Set([answer?.bound]))
  })

  it('finds a row by its own vector, at the boundary of every memory', async () => {
    const vectors = unitVectors(130, 48, 3)
    const rows = new CodeRows({ dimension: 48, shardRows: 64 })
    addAll(rows, vectors)
    for (const place of [0, 63, 64, 127, 128, 129]) {
      const answer = await scanOne(rows, vectors[place] as Float32Array, { ...ASK, k: 1 })
      expect(answer?.rows[0]?.seq).toBe((place + 1) * 10)
      expect(answer?.rows[0]?.upper).toBeGreaterThanOrEqual(0.999)
    }
  })

  it('compares neither dead nor sealed rows, but counts sealed ones as enrolled', async () => {
    const vectors = unitVectors(10, 20, 3)
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, vectors)
    rows.remove(30)
    rows.setFacts(40, { ...ADULT, sealed: true })
    for (const place of [2, 3]) {
      const answer = await scanOne(rows, vectors[place] as Float32Array, { ...ASK, k: 20 })
      expect(answer).toMatchObject({ searched: 8, enrolled: 9 })
      expect(answer?.rows.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual([10, 20, 50, 60, 70, 80, 90, 100])
    }
    for (let seq = 10; seq <= 100; seq += 10) rows.remove(seq)
    expect(await scanOne(rows, vectors[0] as Float32Array, ASK)).toEqual({
      searched: 0,
      enrolled: 0,
      rows: [],
      bound: Number.NEGATIVE_INFINITY,
    })
  })

  it('takes a query that is a view with an offset', async () => {
    const rows = filled(30, 20)
    const [query] = unitVectors(1, 20, 8) as [Float32Array]
    const wide = new Float32Array(64).fill(3)
    wide.set(query, 17)
    expect(await scanOne(rows, wide.subarray(17, 37), ASK)).toEqual(plainScan(rows, query, ASK))
  })

  it('leaves out what cannot reach the floor, and is bounded by the floor then', async () => {
    const rows = filled(100, 20)
    const [query] = unitVectors(1, 20, 8) as [Float32Array]
    const all = plainScan(rows, query, { ...ASK, k: 100 }).rows
    const floor = all[9]?.upper as number
    const few = await scanOne(rows, query, { ...ASK, k: 50, floor })
    expect(few?.rows).toEqual(all.slice(0, 10))
    expect(few).toMatchObject({ searched: 100, bound: floor })
    const fewer = await scanOne(rows, query, { ...ASK, k: 4, floor })
    expect(fewer).toMatchObject({ rows: all.slice(0, 4), bound: all[4]?.upper })
    expect(await scanOne(rows, query, { ...ASK, floor: 2 })).toMatchObject({ rows: [], bound: 2 })
  })

  it('a floor of -1 leaves nothing out, not even the opposite', async () => {
    const [vector] = unitVectors(1, 20) as [Float32Array]
    const rows = new CodeRows({ dimension: 20 })
    addAll(rows, [vector.map((value) => value * -1.0009)])
    const answer = await scanOne(rows, vector, ASK)
    expect(answer?.rows).toHaveLength(1)
    expect(answer?.bound).toBe(Number.NEGATIVE_INFINITY)
  })

  it('bounds the exact score of every row, listed or not, whatever is removed, sealed or filtered', async () => {
    const input = fc.record({
      count: fc.integer({ min: 0, max: 120 }),
      dimension: fc.constantFrom(1, 5, 16, 20, 33, 64),
      k: fc.integer({ min: 1, max: 20 }),
      floor: fc.constantFrom(-1, 0, 0.2, 0.5),
      shardRows: fc.integer({ min: 3, max: 150 }),
      queries: fc.integer({ min: 1, max: 6 }),
      sex: fc.constantFrom(null, ...SEX_CODES),
      seed: fc.nat(),
    })
    await fc.assert(
      fc.asyncProperty(input, async ({ count, dimension, k, floor, shardRows, queries: asked, sex, seed }) => {
        const random = randomNumbers(seed)
        const vectors = unitVectors(count, dimension, seed)
        const rows = new CodeRows({ dimension, shardRows })
        for (const [at, vector] of vectors.entries()) {
          const facts = { ...ADULT, sex: SEX_CODES[at % 4] ?? 'U', sealed: random() < 0.1 }
          rows.add(at + 1, facts, vector)
        }
        for (let seq = 1; seq <= count; seq += 1) if (random() < 0.2) rows.remove(seq)
        const filter = { ...OPEN_FILTER, sexes: sex === null ? null : [sex] }
        const passes = (facts: RowFacts) => sex === null || facts.sex === 'U' || facts.sex === sex
        const queries = unitVectors(asked, dimension, seed + 1)
        const answers = await openScan(rows, { threads: 0 }).scan(queries, { k, floor, filter })
        queries.forEach((query, at) => {
          const answer = answers[at]
          expect(answer).toEqual(plainScan(rows, query, { k, floor, filter }, passes))
          const uppers = new Map(answer?.rows.map((row) => [row.seq, row.upper]))
          plainScan(rows, query, { k: 1000, floor: -1, filter }, passes).rows.forEach(({ seq }) => {
            const score = exactScore(Float64Array.from(query), vectors[seq - 1] as Float32Array)
            expect(score).toBeLessThanOrEqual(uppers.get(seq) ?? (answer?.bound as number))
          })
        })
      }),
      { numRuns: 60 },
    )
  })
})

describe('a scan for many queries', () => {
  it.each([2, 3, 4, 5, 16, 17, 64, 65, 131])('answers %i of them as one by one, in order', async (count) => {
    const rows = filled(150, 24, 70)
    const queries = unitVectors(count, 24, 77)
    const scan = openScan(rows, { threads: 0 })
    const answers = await scan.scan(queries, { ...ASK, floor: 0.1 })
    expect(answers).toEqual(queries.map((query) => plainScan(rows, query, { ...ASK, floor: 0.1 })))
  })

  it('answers none with nothing', async () => {
    expect(await openScan(filled(3, 20), { threads: 0 }).scan([], ASK)).toEqual([])
  })

  it('gives the same with every kernel', async () => {
    const rows = filled(400, 40)
    const queries = unitVectors(6, 40, 5)
    const plain = queries.map((query) => plainScan(rows, query, ASK))
    for (const single of ['one', 'two', 'relaxed one'] as const) {
      expect(await scanOne(rows, queries[0] as Float32Array, ASK, { single, batch: 'batch' })).toEqual(plain[0])
    }
    for (const batch of ['batch', 'relaxed batch'] as const) {
      const scan = openScan(rows, { threads: 0, kernels: { single: 'one', batch } })
      expect(await scan.scan(queries, ASK)).toEqual(plain)
    }
  })

  it('times the kernels once there are rows enough, and answers the same', async () => {
    const rows = new CodeRows({ dimension: 16 })
    const vectors = unitVectors(200, 16, 9)
    for (let at = 0; at < 10_100; at += 1) rows.add(at + 1, ADULT, vectors[at % 200] as Float32Array)
    const [query] = unitVectors(1, 16, 3) as [Float32Array]
    expect(await scanOne(rows, query, { ...ASK, k: 70 })).toEqual(plainScan(rows, query, { ...ASK, k: 70 }))
  })

  it('refuses all when one cannot be compared', async () => {
    const scan = openScan(filled(3, 20), { threads: 0 })
    const [query] = unitVectors(1, 20) as [Float32Array]
    const unusable = [new Float32Array(20), query.with(3, Number.NaN), new Float32Array(19).fill(0.2)]
    for (const other of unusable) {
      const refused = expect.objectContaining({ code: 'vector_unusable' })
      await expect(scan.scan([query, other], ASK)).rejects.toThrow(refused)
    }
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses to return %d rows', async (k) => {
    const scan = openScan(filled(3, 20), { threads: 0 })
    await expect(scan.scan(unitVectors(1, 20), { ...ASK, k })).rejects.toThrow(RangeError)
  })
})

describe('scans asked for at once', () => {
  it('run one after another, each with its own queries and filter', async () => {
    const rows = filled(9000, 16, 5000)
    rows.setFacts(10, { ...ADULT, source: 2 })
    const scan = openScan(rows, { threads: 0 })
    const queries = unitVectors(6, 16, 2)
    const asks = [ASK, { ...ASK, filter: { ...OPEN_FILTER, sources: [2] } }]
    const answers = await Promise.all(queries.map((query, at) => scan.scan([query], asks[at % 2] as CoarseAsk)))
    expect(answers.map((answer) => answer[0]?.searched)).toEqual([9000, 1, 9000, 1, 9000, 1])
    queries.forEach((query, at) => {
      const passes = ({ source }: RowFacts) => at % 2 === 0 || source === 2
      expect(answers[at]?.[0]).toEqual(plainScan(rows, query, asks[at % 2] as CoarseAsk, passes))
    })
  })

  it('let other work have its turn', async () => {
    const rows = filled(13_000, 16, 20_000)
    const scan = openScan(rows, { threads: 0, kernels: { single: 'one', batch: 'batch' } })
    let turns = 0
    const other = setInterval(() => (turns += 1), 0)
    const immediate = () => {
      turns += 1
      if (turns < 1000) handle = setImmediate(immediate)
    }
    let handle = setImmediate(immediate)
    await scan.scan(unitVectors(1, 16), ASK)
    clearInterval(other)
    clearImmediate(handle)
    expect(turns).toBeGreaterThanOrEqual(3)
  })

  it('one that cannot run leaves the next alone', async () => {
    const rows = filled(20, 20)
    const scan = openScan(rows, { threads: 0 })
    const [query] = unitVectors(1, 20, 2) as [Float32Array]
    const bad = scan.scan([new Float32Array(20)], ASK)
    const good = scan.scan([query], ASK)
    await expect(bad).rejects.toThrow()
    expect(await good).toEqual([plainScan(rows, query, ASK)])
  })

  it('rows that change meanwhile are never answered for', async () => {
    const rows = filled(9000, 16, 10_000)
    const scan = openScan(rows, { threads: 0 })
    const answer = scan.scan(unitVectors(1, 16), ASK)
    setImmediate(() => rows.remove(10))
    await expect(answer).rejects.toThrow('Rows changed')
    expect((await scan.scan(unitVectors(1, 16), ASK))[0]?.searched).toBe(8999)
  })

  it('end before the scan is closed, and none starts after', async () => {
    const scan = openScan(filled(9000, 16, 10_000), { threads: 0 })
    const answer = scan.scan(unitVectors(1, 16), ASK)
    await scan.close()
    expect((await answer)[0]?.searched).toBe(9000)
    await expect(scan.scan(unitVectors(1, 16), ASK)).rejects.toThrow('closed')
    await scan.close()
  })
})
