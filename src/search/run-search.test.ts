import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { expectedFalseCandidates, SIMILARITY_FLOOR } from '../engine/index.ts'
import { NO_FILTER } from '../gallery/index.ts'
import { readRequest } from '../intake/index.ts'
import type { Permit } from '../policy/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { listDigest } from './candidate-list.ts'
import { searchOf } from './records.ts'
import { runSearch } from './run-search.ts'
import { candidate, fakeGallery, must, PROOF, TestBureau } from './search.fixture.ts'
import type { SearchDeps } from './search-deps.ts'

let store: TestStore
let bureau: TestBureau
let officer: Actor
let ann: string

beforeAll(async () => {
  store = await openTestStore()
  bureau = await TestBureau.open(store)
  ann = await bureau.enrol('ann', 'booking', '2023-02-03')
  for (const name of ['bea', 'cat', 'dot', 'eve']) await bureau.enrol(name)
  officer = await bureau.person('a', ['investigator'])
})

afterAll(() => store.close())

function depsWith(changes: Partial<SearchDeps>): SearchDeps {
  const { store, engine, gallery, clock, ids } = bureau
  return { store, engine, gallery, clock, ids, ...changes }
}

async function stateOf(permit: Permit): Promise<string> {
  return must(await readRequest(bureau, officer, permit.request)).state
}

async function recordOf(request: string) {
  return await store.transaction({ agency: officer.agency }, (tx) => searchOf(tx, request))
}

describe('a permitted search', () => {
  it('finds the mate, and says what was searched and with what', async () => {
    const permit = await bureau.permit(officer, { limit: 7 })
    const search = must(await runSearch(bureau, officer, permit))
    expect(search).toMatchObject({
      agency: officer.agency,
      request: permit.request,
      permit: permit.id,
      model: bureau.engine.model,
      scale: 'cosine',
      searched: 5,
      threshold: SIMILARITY_FLOOR,
      limit: 7,
      startedAt: '2026-11-22T15:00:00.00Z',
      finishedAt: '2026-11-22T15:00:00.00Z',
    })
    const [first, ...others] = search.candidates
    expect(others).toEqual([])
    expect(first).toMatchObject({ booking: ann, rank: 1, photoDate: '2023-02-03' })
    expect(first?.id).toMatch(/^cand_/)
    expect(first?.score).toBeGreaterThan(0.85)
    const { expected, floor } = expectedFalseCandidates(first?.score ?? 0, 5)
    expect(first).toMatchObject({ expectedByChance: expected, floor })
    expect(await stateOf(permit)).toBe('searched')
  })

  it('is kept as it was returned, digest included', async () => {
    const permit = await bureau.permit(officer)
    const search = must(await runSearch(bureau, officer, permit))
    expect(await recordOf(permit.request)).toEqual(search)
    expect(listDigest(search)).toBe(search.listDigest)
  })

  it('is told in the log: authorised, then completed, with a digest for the list', async () => {
    const permit = await bureau.permit(officer)
    const search = must(await runSearch(bureau, officer, permit))
    const [authorised, completed, ...more] = await bureau.story(permit.request)
    expect(more).toEqual([])
    expect(authorised).toMatchObject({
      act: 'search.authorised',
      about: search.id,
      facts: { permit: permit.id, model: bureau.engine.model.id, enrolled: 5 },
    })
    expect(completed).toMatchObject({
      act: 'search.completed',
      about: search.id,
      facts: { searched: 5, returned: 1, threshold: SIMILARITY_FLOOR, listDigest: search.listDigest },
    })
    expect(JSON.stringify(await bureau.story(permit.request))).not.toContain(ann)
  })

  it('with an empty list is a normal answer', async () => {
    const permit = await bureau.permit(officer, {}, 'PERSON:nobody in the gallery:1')
    const search = must(await runSearch(bureau, officer, permit))
    expect(search).toMatchObject({ searched: 5, candidates: [] })
    expect(search.listDigest).toMatch(/^[0-9a-f]{64}$/)
    expect(await recordOf(permit.request)).toEqual(search)
    expect(await stateOf(permit)).toBe('searched')
  })

  it('uses the face that was chosen', async () => {
    const faces: (number | undefined)[] = []
    const makeTemplate: typeof bureau.engine.makeTemplate = (bytes, face) => {
      faces.push(face)
      return bureau.engine.makeTemplate(bytes, face)
    }
    const permit = await bureau.permit(officer, { faceIndex: 1 }, 'TWOFACES')
    must(await runSearch(depsWith({ engine: { ...bureau.engine, makeTemplate } }), officer, permit))
    expect(faces).toEqual([1])
  })

  it('lists at most what was asked for, by rank', async () => {
    const found = [3, 2, 1].map((n) => candidate(`bk_${n}`, 0.5 + n / 100))
    const asked: unknown[] = []
    const gallery = fakeGallery(async (options) => {
      asked.push(options)
      return { candidates: found, searched: 1_000_000, ...PROOF, model: bureau.engine.model }
    })
    const permit = await bureau.permit(officer, { limit: 3 })
    const search = must(await runSearch(depsWith({ gallery }), officer, permit))
    const filter = { ...NO_FILTER, sources: [bureau.source] }
    expect(asked).toEqual([{ model: bureau.engine.model, limit: 3, threshold: SIMILARITY_FLOOR, filter }])
    expect(search.candidates.map(({ rank, booking }) => [rank, booking])).toEqual([
      [1, 'bk_3'],
      [2, 'bk_2'],
      [3, 'bk_1'],
    ])
    const [first, , last] = search.candidates.map((candidate) => candidate.expectedByChance)
    expect(last).toBeGreaterThanOrEqual(first ?? Number.NaN)
    expect(search.candidates.every((candidate) => candidate.photoDate === null)).toBe(true)
  })
})
