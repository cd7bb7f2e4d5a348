import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { sha256Hex } from '../base/index.ts'
import { openCertifiedSearch } from './certified-search.ts'
import { exactScore } from './exact-score.ts'
import { followSource } from './follow-source.ts'
import { NO_FILTER } from './gallery-filter.ts'
import type { SearchOptions } from './gallery-search.ts'
import { MemoryIndex, MemorySource, SOME_FACTS } from './memory-gallery.fixture.ts'
import { byRank } from './rank-certified.ts'

const DIMENSION = 16
const model = { id: 'test-16', sha256: sha256Hex('test-16'), dimension: DIMENSION }
const options: SearchOptions = { model, limit: 50, threshold: -1, filter: NO_FILTER }

let source: MemorySource
let index: MemoryIndex
beforeEach(() => {
  source = new MemorySource()
  index = new MemoryIndex()
})

const open = () => openCertifiedSearch(source, followSource(source, index), model)

function unit(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers)
  return Float32Array.from(numbers, (number) => number / length)
}
/** A direction that is `turn` away from the first axis, along axis `along`. */
const near = (turn: number, along = 1) =>
  unit(Array.from({ length: DIMENSION }, (_, at) => (at === 0 ? 1 : at === along ? turn : 0)))
const QUERY = near(0)

/** Few directions and small whole numbers, so that copies and equal scores are common. */
const direction = fc
  .array(fc.integer({ min: -2, max: 2 }), { minLength: DIMENSION, maxLength: DIMENSION })
  .filter((numbers) => numbers.some((number) => number !== 0))
  .map(unit)
const county = fc.record({
  query: direction,
  pool: fc.array(direction, { minLength: 1, maxLength: 6 }),
  photos: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 8 }), fc.boolean()), { maxLength: 60 }),
  slack: fc.array(fc.double({ min: 1e-6, max: 0.7, noNaN: true }), { minLength: 1, maxLength: 7 }),
  limit: fc.integer({ min: 1, max: 12 }),
  threshold: fc.double({ min: -1, max: 1, noNaN: true }),
})

describe('a certified search', () => {
  it('lists what comparing every template lists, however loose the bounds of the index are', async () => {
    await fc.assert(
      fc.asyncProperty(county, async ({ query, pool, photos, slack, limit, threshold }) => {
        source = new MemorySource(7)
        index = new MemoryIndex((seq) => slack[seq % slack.length] as number)
        for (const [at, [pick, subject, sealed]] of photos.entries()) {
          const vector = pool[pick % pool.length] as Float32Array
          source.add(`tpl_${(at * 37) % 61}`, `sub_${subject}`, vector, { ...SOME_FACTS, sealed })
        }
        const found = await open().search(query, { ...options, limit, threshold })
        const wide = Float64Array.from(query)
        const all = source.rows
          .filter(({ facts }) => !facts.sealed)
          .map((row) => ({ ...row, score: exactScore(wide, row.vector) }))
          .sort(byRank)
        const best = all.filter(
          (row, at) => row.score >= threshold && all.findIndex(({ subject }) => subject === row.subject) === at,
        )
        expect(found.candidates.map(({ template, score }) => [template, score])).toEqual(
          best.slice(0, limit).map(({ template, score }) => [template, score]),
        )
        for (const { subject, template, others } of found.candidates) {
          const own = all.filter((row) => row.subject === subject && row.template !== template)
          expect(others.map((photo) => photo.template)).toEqual(own.map((photo) => photo.template))
        }
        expect(found).toMatchObject({ searched: all.length, enrolled: photos.length, certified: true })
      }),
    )
  })

  it('is of an empty gallery, too: nothing left out', async () => {
    const found = await open().search(QUERY, options)
    expect(found).toEqual({ candidates: [], searched: 0, enrolled: 0, certified: true, k: 0, bound: -1, model })
  })

  it('says how many it scored exactly and that no other can be above the bound', async () => {
    for (let at = 0; at < 500; at += 1) source.add(`tpl_${at}`, `sub_${at}`, near(at / 100))
    const found = await open().search(QUERY, { ...options, limit: 5 })
    expect(found.candidates.map(({ template }) => template)).toEqual(['tpl_0', 'tpl_1', 'tpl_2', 'tpl_3', 'tpl_4'])
    expect(found.k).toBe(64)
    expect(found.bound).toBeLessThan(found.candidates[4]?.score ?? 0)
    expect(found.bound).toBeGreaterThan(exactScore(Float64Array.from(QUERY), near(0.64)))
  })

  it('doubles K until the list is proved: a thousand copies of one photograph before the second person', async () => {
    for (let at = 0; at < 3000; at += 1) source.add(`tpl_${at}`, 'sub_same', near(0))
    source.add('tpl_other', 'sub_other', near(0.5))
    const found = await open().search(QUERY, { ...options, limit: 2 })
    expect(found.candidates.map(({ subject }) => subject)).toEqual(['sub_same', 'sub_other'])
    expect(found.candidates[0]?.others).toHaveLength(2999)
    expect(index.asked.map(({ k }) => k)).toEqual([1024, 2048, 4096])
    expect(found).toMatchObject({ k: 3001, bound: -1 })
  })

  it('breaks ties by template id, in every gallery of identical templates', async () => {
    for (const id of ['d', 'b', 'a', 'c']) source.add(`tpl_${id}`, `sub_${id}`, near(0.3))
    const found = await open().search(QUERY, { ...options, limit: 2 })
    expect(found.candidates.map(({ template }) => template)).toEqual(['tpl_a', 'tpl_b'])
    expect(found.k).toBe(4)
  })

  it('lists fewer than asked for when there are no more, and nothing below the threshold', async () => {
    source.add('tpl_a', 'sub_a', near(0.1))
    source.add('tpl_b', 'sub_b', near(3))
    expect((await open().search(QUERY, options)).candidates).toHaveLength(2)
    const above = await open().search(QUERY, { ...options, threshold: 0.9 })
    expect(above.candidates).toMatchObject([{ template: 'tpl_a' }])
    expect(above).toMatchObject({ searched: 2, k: 1, bound: 0.9 })
  })

  it('of many probes is the same as of each alone', async () => {
    for (let at = 0; at < 300; at += 1) source.add(`tpl_${at}`, `sub_${at % 200}`, near(at / 50, 1 + (at % 3)))
    const queries = [QUERY, near(1), near(2, 2), near(0.1, 3)]
    const search = open()
    const one = []
    for (const query of queries) one.push(await search.search(query, { ...options, limit: 7 }))
    expect(await search.searchMany(queries, { ...options, limit: 7 })).toEqual(one)
    expect(await search.searchMany([], options)).toEqual([])
  })

  it('takes a query that is a view into a larger array by its own numbers', async () => {
    source.add('tpl_a', 'sub_a', near(0))
    const larger = new Float32Array(3 * DIMENSION)
    larger.set(near(1), 0)
    larger.set(QUERY, DIMENSION)
    const view = larger.subarray(DIMENSION, 2 * DIMENSION)
    expect((await open().search(view, options)).candidates[0]?.score).toBeCloseTo(1, 6)
  })
})

describe('a filter', () => {
  beforeEach(() => {
    source.add('tpl_a1', 'sub_a', near(0), { ...SOME_FACTS, source: 2, bookedAt: '2010-01-01' })
    source.add('tpl_a2', 'sub_a', near(0.1), { ...SOME_FACTS, bookedAt: '2020-01-01' })
    source.add('tpl_b', 'sub_b', near(0.2), { ...SOME_FACTS, sex: 'M', birthYear: 1950 })
    source.add('tpl_c', 'sub_c', near(0.3), { ...SOME_FACTS, sex: 'U', birthYear: null })
    source.add('tpl_d', 'sub_d', near(0.4), { ...SOME_FACTS, sealed: true })
  })

  it.each([
    [{}, ['tpl_a1', 'tpl_b', 'tpl_c']],
    [{ sources: ['src_1'] }, ['tpl_a2', 'tpl_b', 'tpl_c']],
    [{ sources: [] }, []],
    [{ bookedFrom: '2020-01-01' }, ['tpl_a2', 'tpl_b', 'tpl_c']],
    [{ bookedTo: '2010-01-01' }, ['tpl_a1']],
    [{ sexes: ['F' as const] }, ['tpl_a1', 'tpl_c']],
    [{ bornFrom: 1980 }, ['tpl_a1', 'tpl_c']],
    [{ bornTo: 1980 }, ['tpl_b', 'tpl_c']],
  ])('%j searches only %j', async (change, templates) => {
    const found = await open().search(QUERY, { ...options, filter: { ...NO_FILTER, ...change } })
    expect(found.candidates.map(({ template }) => template)).toEqual(templates)
    expect(found).toMatchObject({ enrolled: 5, certified: true })
    expect(found.searched).toBeGreaterThanOrEqual(templates.length)
  })

  it('keeps photographs of the same person out of the others as well', async () => {
    const all = await open().search(QUERY, options)
    expect(all.candidates[0]?.others).toMatchObject([{ template: 'tpl_a2' }])
    const late = await open().search(QUERY, { ...options, filter: { ...NO_FILTER, bookedFrom: '2015-01-01' } })
    expect(late.candidates[0]).toMatchObject({ template: 'tpl_a2', others: [] })
  })
})

describe('a gallery that changes', () => {
  it('is searched as it is now: what came is found, what went is not', async () => {
    const search = open()
    const row = source.add('tpl_a', 'sub_a', near(0))
    expect((await search.search(QUERY, options)).candidates).toHaveLength(1)
    source.setFacts(row, { ...SOME_FACTS, sealed: true })
    expect(await search.search(QUERY, options)).toMatchObject({ candidates: [], searched: 0, enrolled: 1 })
    source.setFacts(row, SOME_FACTS)
    expect((await search.search(QUERY, options)).candidates).toHaveLength(1)
    source.remove(row)
    expect(await search.search(QUERY, options)).toMatchObject({ candidates: [], searched: 0, enrolled: 0 })
    expect(await search.size()).toBe(0)
  })

  it('is searched again when a photograph that was found is gone when its template is read', async () => {
    const row = source.add('tpl_a', 'sub_a', near(0))
    source.add('tpl_b', 'sub_b', near(1))
    const scan = index.scan.bind(index)
    index.scan = async (queries, ask) => {
      const answers = await scan(queries, ask)
      if (index.asked.length === 1) source.remove(row)
      return answers
    }
    const found = await open().search(QUERY, options)
    expect(found.candidates.map(({ template }) => template)).toEqual(['tpl_b'])
    expect(index.asked).toHaveLength(2)
  })

  it.each([
    ['lost a row', () => index.held.delete(1)],
    ['has a row too many', () => index.held.set(99, { facts: SOME_FACTS, vector: near(0) })],
    [
      'has another row in the place of one',
      () => {
        index.held.delete(1)
        index.held.set(99, { facts: SOME_FACTS, vector: near(0) })
      },
    ],
  ])('gives no list when the index %s', async (_, spoil) => {
    source.add('tpl_a', 'sub_a', near(0))
    const search = open()
    await search.size()
    spoil()
    const error = { name: 'GalleryError', code: 'coverage_incomplete', message: expect.stringContaining('No list') }
    await expect(search.search(QUERY, options)).rejects.toMatchObject(error)
    expect(index.asked).toHaveLength(0)
  })

  it('gives no list when the index loses a row only while it scans', async () => {
    source.add('tpl_a', 'sub_a', near(0))
    const scan = index.scan.bind(index)
    index.scan = async (queries, ask) => (await scan(queries, ask)).map((answer) => ({ ...answer, enrolled: 0 }))
    await expect(open().search(QUERY, options)).rejects.toMatchObject({ code: 'coverage_incomplete' })
    expect(index.asked).toHaveLength(5)
  })
})

describe('what no correct caller asks', () => {
  it.each([
    [{ limit: 0 }, 'limit_out_of_range'],
    [{ limit: 51 }, 'limit_out_of_range'],
    [{ limit: 1.5 }, 'limit_out_of_range'],
    [{ threshold: 1.01 }, 'threshold_unusable'],
    [{ threshold: -1.01 }, 'threshold_unusable'],
    [{ threshold: Number.NaN }, 'threshold_unusable'],
    [{ model: { ...model, sha256: sha256Hex('another') } }, 'model_differs'],
    [{ model: { ...model, dimension: 256 } }, 'model_differs'],
  ])('%j is refused as %s and compares nothing', async (change, code) => {
    const search = open()
    await expect(search.search(QUERY, { ...options, ...change })).rejects.toMatchObject({ name: 'GalleryError', code })
    expect([search.comparisons, index.asked.length]).toEqual([0, 0])
  })

  it.each([
    ['too short', new Float32Array(8).fill(1 / Math.sqrt(8))],
    ['not of unit length', new Float32Array(DIMENSION).fill(1)],
    ['zero', new Float32Array(DIMENSION)],
    ['no number', new Float32Array(DIMENSION).fill(Number.NaN)],
  ])('a query that is %s is refused, also among others', async (_, query) => {
    const search = open()
    await expect(search.searchMany([QUERY, query], options)).rejects.toMatchObject({ code: 'vector_unusable' })
    expect(search.comparisons).toBe(0)
  })

  it('a search that failed does not stand in the way of the next', async () => {
    source.add('tpl_a', 'sub_a', near(0))
    const state = source.state.bind(source)
    source.state = () => Promise.reject(new Error('down'))
    const search = open()
    await expect(search.search(QUERY, options)).rejects.toThrow('down')
    source.state = state
    expect((await search.search(QUERY, options)).candidates).toHaveLength(1)
    expect(search.comparisons).toBe(1)
  })
})
