import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { runSearch } from './run-search.ts'
import { must, TestBureau } from './search.fixture.ts'

let store: TestStore
let bureau: TestBureau
let officer: Actor

beforeAll(async () => {
  store = await openTestStore()
  bureau = await TestBureau.open(store)
  officer = await bureau.person('a', ['investigator'])
})

afterAll(() => store.close())

async function search(limit = 50, image?: string) {
  return must(await runSearch(bureau, officer, await bureau.permit(officer, { limit }, image)))
}

describe('searching a gallery that grows', () => {
  it('an empty gallery: an empty list, and it says that nobody was searched', async () => {
    expect(await search()).toMatchObject({ searched: 0, candidates: [] })
  })

  it('a booking enrolled a moment ago is found', async () => {
    const booking = await bureau.enrol('ann', 'first', '2019-01-02')
    const found = await search()
    expect(found.searched).toBe(1)
    expect(found.candidates.map((candidate) => candidate.booking)).toEqual([booking])
  })

  it('several photographs of one person are one candidate, the most similar', async () => {
    const later = await bureau.enrol('ann', 'probe', '2024-05-06')
    const found = await search()
    expect(found.candidates).toHaveLength(1)
    expect(found.candidates[0]).toMatchObject({ booking: later, rank: 1, photoDate: '2024-05-06' })
    expect(found.candidates[0]?.score).toBeCloseTo(1, 3)
  })

  it('two searches of the same photograph bring the same scores under different candidate ids', async () => {
    const [one, two] = [await search(), await search()]
    const bare = (record: typeof one) => record.candidates.map(({ booking, rank, score }) => [booking, rank, score])
    expect(bare(two)).toEqual(bare(one))
    expect(two.candidates[0]?.id).not.toBe(one.candidates[0]?.id)
    expect(two.listDigest).not.toBe(one.listDigest)
  })

  it('a list is never longer than asked for', async () => {
    // The fake engine makes everybody with one name alike; different person keys make them different people.
    for (let at = 0; at < 4; at += 1) await bureau.enrolAs(`twin${at}`, 'twin')
    expect((await search(3, 'PERSON:twin:probe')).candidates).toHaveLength(3)
    const all = await search(50, 'PERSON:twin:probe')
    expect(all.candidates.map((candidate) => candidate.rank)).toEqual([1, 2, 3, 4])
    const scores = all.candidates.map((candidate) => candidate.score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })
})
