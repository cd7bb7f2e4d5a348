import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { NO_FILTER } from '../gallery/index.ts'
import type { RequestInput } from '../intake/index.ts'
import { decisionOf } from '../policy/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import { listDigest } from './candidate-list.ts'
import { searchOf } from './records.ts'
import { runSearch } from './run-search.ts'
import { candidate, codeOf, fakeGallery, must, PROOF, TestBureau } from './search.fixture.ts'
import { searchSummary } from './search-summary.ts'

let store: TestStore
let bureau: TestBureau
let officer: Actor
let neighbour: Actor
let south: string
let kept: string

/** Twelve photographs of people who all look like twin, in three sources. */
beforeAll(async () => {
  store = await openTestStore()
  bureau = await TestBureau.open(store)
  officer = await bureau.person('a', ['investigator'])
  neighbour = await bureau.person('b', ['investigator'])
  south = await bureau.addSource('South jail')
  kept = await bureau.addSource('Kept to b', [neighbour.ori])
  for (const [at, source] of [bureau.source, south, kept].entries()) {
    const days = { bookedAt: `201${at}-05-31`, capturedAt: `201${at}-05-31` }
    await bureau.enrolWith(`woman${at}`, 'twin', { source, ...days, sex: 'F', birthYear: 1980 })
    await bureau.enrolWith(`man${at}`, 'twin', { source, ...days, sex: 'M', birthYear: 1990 })
    await bureau.enrolWith(`open${at}`, 'twin', { source, ...days, sex: 'U', birthYear: null })
    await bureau.enrolWith(`other${at}`, 'twin', { source, ...days, sex: 'X', birthYear: 1990 })
  }
})

afterAll(() => store.close())

async function search(filter: RequestInput['filter'], actor = officer) {
  return must(await runSearch(bureau, actor, await bureau.permit(actor, { filter, limit: 50 }, 'PERSON:twin:probe')))
}

/** Keys of the people found, sorted. */
async function found(filter: RequestInput['filter'], actor = officer): Promise<readonly string[]> {
  const { candidates } = await search(filter, actor)
  const keys = await Promise.all(candidates.map(({ booking }) => bureau.personOf(booking)))
  return keys.toSorted()
}

describe('what a search compares', () => {
  it('is every photograph of the sources that the agency may search', async () => {
    expect((await search(null)).searched).toBe(8)
    expect((await search(null, neighbour)).searched).toBe(12)
  })

  it.each<[string, RequestInput['filter'], readonly string[]]>([
    ['one sex, and whoever has none recorded', { sexes: ['F'] }, ['open0', 'open1', 'woman0', 'woman1']],
    ['days of booking, inclusive', { bookedTo: '2010-05-31' }, ['man0', 'open0', 'other0', 'woman0']],
    ['ages, and whoever has no birth year', { ageFrom: 40 }, ['open0', 'open1', 'woman0', 'woman1']],
    ['several at once', { sexes: ['M'], bookedFrom: '2011-01-01' }, ['man1', 'open1']],
  ])('may be narrowed by %s', async (_what, filter, people) => {
    expect(await found(filter)).toEqual(people)
  })

  it('may be narrowed to a source', async () => {
    expect(await found({ sources: [south] })).toEqual(['man1', 'open1', 'other1', 'woman1'])
    expect(await found({ sources: [kept], sexes: ['M'] }, neighbour)).toEqual(['man2', 'open2'])
  })

  it('is proved, kept, digested, logged and told', async () => {
    const record = await search({ sexes: ['F'], sources: [south] })
    expect(record).toMatchObject({ searched: 2, proof: { enrolled: 12, certified: true, k: 2, bound: -1 } })
    expect(record.filter).toEqual({ ...NO_FILTER, sources: [south], sexes: ['F'] })
    expect(await store.transaction({ agency: officer.agency }, (tx) => searchOf(tx, record.request))).toEqual(record)
    expect(record.listDigest).toBe(listDigest(record))
    const [authorised, completed] = await bureau.story(record.request)
    expect(authorised?.facts).toMatchObject({ filter: 'sex F or not recorded', sources: [south], enrolled: 12 })
    expect(completed?.facts).toMatchObject({ searched: 2, enrolled: 12, certified: true, k: 2, bound: -1 })
    const summary = must(await searchSummary(bureau, officer, record.request))
    expect(summary?.sentence).toBe(
      'Searched 2 of 12 photographs: photographs from South jail; sex recorded as female, or not recorded. ' +
        'The list is proved exact over 2 photographs.',
    )
  })

  it('expects innocent candidates of those compared, not of those enrolled', async () => {
    const [few, many] = [await search({ sources: [south] }), await search(null)]
    const chance = (record: typeof few) => record.candidates[0]?.expectedByChance ?? Number.NaN
    expect(chance(many) / chance(few)).toBeCloseTo(2, 5)
  })

  it('is what the permit says, whatever the request row says later', async () => {
    const permit = await bureau.permit(officer, { filter: { sexes: ['F'] } }, 'PERSON:twin:probe')
    expect(permit.filter).toEqual({ ...NO_FILTER, sexes: ['F'] })
    const asked: unknown[] = []
    const gallery = fakeGallery(async (options) => {
      asked.push(options.filter)
      return { candidates: [], searched: 4, ...PROOF, model: bureau.engine.model }
    })
    const { engine, clock, ids } = bureau
    must(await runSearch({ store, engine, gallery, clock, ids }, officer, permit))
    expect(asked).toEqual([{ ...NO_FILTER, sexes: ['F'], sources: [bureau.source, south].sort() }])
  })

  it('keeps the other photographs of a candidate under it', async () => {
    const others = [{ booking: 'bk_2', template: 't_2', score: 0.5 }]
    const { engine, clock, ids } = bureau
    const gallery = fakeGallery(async () => {
      const candidates = [{ ...candidate('bk_1', 0.7), others }, candidate('bk_3', 0.6)]
      return { candidates, searched: 3, ...PROOF, model: engine.model }
    })
    const record = must(await runSearch({ store, engine, gallery, clock, ids }, officer, await bureau.permit(officer)))
    expect(record.candidates.map((one) => one.others)).toEqual([[{ booking: 'bk_2', score: 0.5 }], []])
    expect(await store.transaction({ agency: officer.agency }, (tx) => searchOf(tx, record.request))).toEqual(record)
  })
})

describe('what was kept before there were filters and proofs', () => {
  it('is read as a search without either, and a permit for everything', async () => {
    const record = await search({ sexes: ['F'] })
    const permit = await bureau.permit(officer, { filter: { sexes: ['F'] } }, 'PERSON:twin:probe')
    await asOwner(sql`update search_run set certified = false, enrolled = null, exactly_scored = null, bound = null,
      filter = null where id = ${record.id}`)
    await asOwner(sql`update candidate set others = default where search_run = ${record.id}`)
    await asOwner(sql`update request set filter = null where id in (${record.request}, ${permit.request})`)
    await asOwner(sql`update permit set filter = null where id = ${permit.id}`)
    const old = await store.transaction({ agency: officer.agency }, (tx) => searchOf(tx, record.request))
    expect(old).toMatchObject({ searched: 4, proof: null, filter: null })
    expect(old?.candidates.map((one) => one.others)).toEqual(record.candidates.map(() => []))
    expect(must(await searchSummary(bureau, officer, record.request))?.sentence).toBe('Searched 4 photographs.')
    const decision = await store.transaction({ agency: officer.agency }, (tx) => decisionOf(tx, permit.request))
    expect(decision?.permit?.filter).toEqual(NO_FILTER)
  })

  it.each([
    ['a proof without the number enrolled', sql`update search_run set enrolled = null where certified`],
    ['more compared than enrolled', sql`update search_run set searched = enrolled + 1`],
    ['a source kept to nobody', sql`update gallery_source set agencies = '{}'`],
  ])('the database refuses %s', async (_what, statement) => {
    await expect(asOwner(statement)).rejects.toThrow(/violates check constraint/)
  })

  async function asOwner(statement: ReturnType<typeof sql>): Promise<void> {
    await store.transaction({ agency: null }, async (tx) => {
      await sql`set local role none`.execute(tx)
      await statement.execute(tx)
    })
  }
})

describe('an agency that may search no source', () => {
  it('is told so before anything is compared, and keeps its permit', async () => {
    const bare = await openTestStore()
    const empty = await TestBureau.open(bare, 'b')
    const alone = await empty.person('a', ['investigator'])
    const permit = await empty.permit(alone)
    const before = [empty.engine.counts.templates, empty.gallery.comparisons]
    expect(codeOf(await runSearch(empty, alone, permit))).toBe('no_source_to_search')
    expect([empty.engine.counts.templates, empty.gallery.comparisons]).toEqual(before)
    expect((await empty.story(permit.request)).map((line) => [line.act, line.facts.code])).toEqual([
      ['search.failed', 'no_source_to_search'],
    ])
    await empty.addSource('For everybody')
    must(await runSearch(empty, alone, permit))
    await bare.close()
  })
})
