import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClusterIndex } from '../../src/gallery/cluster/cluster-index.ts'
import type { IndexFilter } from '../../src/gallery/coarse-index.ts'
import { passesFilter } from '../../src/gallery/passes-filter.ts'
import { arrivals, bruteForce, EVERYTHING, modelOf, openOn, randomFrom, rerank, unitVector } from './cluster-rows.ts'
import { whyNoCluster } from './engine-command.ts'
import { type RunningCluster, startCluster } from './running-cluster.ts'

const reason = whyNoCluster()
if (reason !== null) console.log(`Skipped: ${reason}`)

const DIMENSION = 96
const ROWS = arrivals(4_000, DIMENSION)
const random = randomFrom(99)
const QUERIES = Array.from({ length: 20 }, () => unitVector(random, DIMENSION))
const QUERY = QUERIES[0] as Float32Array
const ask = { k: 50, floor: -1, filter: EVERYTHING }

describe.skipIf(reason !== null)('search on a cluster', () => {
  let cluster: RunningCluster
  let index: ClusterIndex

  beforeAll(async () => {
    cluster = await startCluster(2, 2)
    index = await openOn(cluster, modelOf('search', DIMENSION))
    for (let from = 0; from < ROWS.length; from += 1_000) await index.apply(ROWS.slice(from, from + 1_000))
  })
  afterAll(async () => await cluster?.stop())

  it('gives the rows of a brute force in float64, each below its bound and all others below the last', async () => {
    const answers = await index.scan(QUERIES, ask)
    for (const [at, answer] of answers.entries()) {
      const query = QUERIES[at] as Float32Array
      const all = bruteForce(ROWS, query, EVERYTHING)
      const listed = new Set(answer.rows.map(({ seq }) => seq))
      expect(rerank(ROWS, answer.rows, query).slice(0, 40)).toEqual(all.slice(0, 40))
      const scores = new Map(all.map(({ seq, score }) => [seq, score]))
      expect(answer.rows.filter(({ seq, upper }) => upper < (scores.get(seq) as number))).toEqual([])
      expect(all.filter(({ seq, score }) => !listed.has(seq) && score > answer.bound)).toEqual([])
    }
  })

  it('counts what it holds and what it compared, and on which shard', async () => {
    const [answer] = await index.scan([QUERY], ask)
    expect(answer).toMatchObject({ enrolled: 4_000, searched: 3_920 })
    const coverage = await index.coverage()
    expect(coverage.map(({ shard }) => shard)).toEqual([1, 2])
    expect(coverage.reduce((sum, { rows }) => sum + rows, 0)).toBe(4_000)
    for (const { rows, replicas } of coverage) {
      expect(rows).toBeGreaterThan(1_500)
      expect(replicas).toHaveLength(2)
    }
  })

  it('knows which rows it holds', async () => {
    const sum = ROWS.reduce((all, { seq }) => all + BigInt(seq), 0n)
    const squares = ROWS.reduce((all, { seq }) => all + BigInt(seq) ** 2n, 0n)
    expect(await index.digest()).toEqual({ rows: 4_000, sum, squares })
  })

  const FILTERS: readonly Partial<IndexFilter>[] = [
    { sources: [2] },
    { sources: [1, 3] },
    { sources: [] },
    { bookedFrom: '2010-06-01' },
    { bookedTo: '2004-02-29' },
    { bookedFrom: '2008-01-01', bookedTo: '2008-12-31' },
    { sexes: ['F'] },
    { sexes: ['M', 'X'] },
    { sexes: [] },
    { bornFrom: 1980 },
    { bornTo: 1960 },
    { bornFrom: 1970, bornTo: 1970 },
    { sources: [4], bookedFrom: '2005-01-01', sexes: ['F', 'X'], bornFrom: 1950, bornTo: 1990 },
  ]
  it.each(FILTERS)('compares what passes %j, and nothing else', async (part) => {
    const filter = { ...EVERYTHING, ...part }
    const [answer] = await index.scan([QUERY], { k: 5_000, floor: -1, filter })
    const all = bruteForce(ROWS, QUERY, filter)
    expect(answer).toMatchObject({ searched: all.length, enrolled: 4_000, bound: Number.NEGATIVE_INFINITY })
    expect(rerank(ROWS, answer?.rows ?? [], QUERY)).toEqual(all)
  })

  it('keeps sealed rows out of every answer', async () => {
    const [answer] = await index.scan([QUERY], { ...ask, k: 5_000 })
    const sealed = new Set(ROWS.filter(({ facts }) => !passesFilter(EVERYTHING, facts)).map(({ seq }) => seq))
    expect(sealed.size).toBe(80)
    expect(answer?.rows.filter(({ seq }) => sealed.has(seq))).toEqual([])
  })

  it('with a floor leaves out what cannot reach it, and says so in the bound', async () => {
    const all = bruteForce(ROWS, QUERY, EVERYTHING)
    const floor = all[9]?.score as number
    const [answer] = await index.scan([QUERY], { ...ask, floor })
    expect(rerank(ROWS, answer?.rows ?? [], QUERY).slice(0, 10)).toEqual(all.slice(0, 10))
    expect(answer?.rows.length).toBeLessThan(12)
    expect(answer).toMatchObject({ searched: 3_920, bound: floor })
  })

  it('answers many queries as it answers each', async () => {
    const together = await index.scan(QUERIES, ask)
    const alone = await Promise.all(QUERIES.slice(0, 3).map(async (query) => (await index.scan([query], ask))[0]))
    expect(together.slice(0, 3)).toEqual(alone)
    expect(together).toHaveLength(20)
  })

  it('returns everything when asked for more rows than there are, and no less than one', async () => {
    const [answer] = await index.scan([QUERY], { ...ask, k: 1_000_000 })
    expect(answer?.rows).toHaveLength(3_920)
    await expect(index.scan([QUERY], { ...ask, k: 0 })).rejects.toThrow(RangeError)
  })

  it('refuses a query with NaN, of another dimension or of no length, and compares nothing', async () => {
    const broken = Float32Array.from(QUERY)
    broken[3] = Number.NaN
    for (const query of [broken, QUERY.subarray(1), new Float32Array(DIMENSION)]) {
      await expect(index.scan([query], ask)).rejects.toMatchObject({ code: 'vector_unusable' })
    }
    await expect(index.scan([], ask)).resolves.toEqual([])
  })

  it('takes a view into a larger array for what it shows, in rows and in queries', async () => {
    const own = await openOn(cluster, modelOf('views', 20))
    const rows = arrivals(30, 20, 1, 3)
    const numbers = Float32Array.from(rows.flatMap(({ vector }) => [...vector]))
    await own.apply(rows.map((row, at) => ({ ...row, vector: numbers.subarray(20 * at, 20 * (at + 1)) })))
    const [answer] = await own.scan([numbers.subarray(20 * 7, 20 * 8)], { ...ask, k: 3 })
    expect(answer?.rows[0]?.seq).toBe(8)
    expect(await own.differing(rows)).toEqual([])
  })

  it('holds nothing at first, and says so', async () => {
    const own = await openOn(cluster, modelOf('empty', 20))
    const query = unitVector(random, 20)
    const nothing = { searched: 0, enrolled: 0, rows: [], bound: Number.NEGATIVE_INFINITY }
    expect(await own.scan([query], ask)).toEqual([nothing])
    expect(await own.digest()).toEqual({ rows: 0, sum: 0n, squares: 0n })
    expect((await own.coverage()).map(({ rows }) => rows)).toEqual([0, 0])
    expect(await own.position()).toBe(0)
  })

  it('lists equal rows in the order of their seqs', async () => {
    const own = await openOn(cluster, modelOf('equal', 20))
    const [one] = arrivals(1, 20)
    await own.apply(Array.from({ length: 100 }, (_, at) => ({ ...(one as (typeof ROWS)[0]), seq: at + 1 })))
    const [answer] = await own.scan([one?.vector as Float32Array], { ...ask, k: 10 })
    expect(answer?.rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(answer?.bound).toBe(answer?.rows[0]?.upper)
  })

  it('answers 32 queries of 704 numbers', async () => {
    const own = await openOn(cluster, modelOf('wide', 704))
    const rows = arrivals(60, 704)
    await own.apply(rows)
    const answers = await own.scan(
      rows.slice(0, 32).map(({ vector }) => vector),
      { ...ask, k: 1 },
    )
    expect(answers.map((answer) => answer.rows[0]?.seq)).toEqual(rows.slice(0, 32).map(({ seq }) => seq))
  })
})
