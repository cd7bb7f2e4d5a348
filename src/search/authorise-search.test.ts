import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { readRequest } from '../intake/index.ts'
import { type Permit, permitFor, readDecision } from '../policy/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { runSearch } from './run-search.ts'
import { codeOf, must, TestBureau } from './search.fixture.ts'
import type { SearchDeps } from './search-deps.ts'

let store: TestStore
let bureau: TestBureau
let officer: Actor

beforeAll(async () => {
  store = await openTestStore()
  bureau = await TestBureau.open(store)
  for (const name of ['ann', 'bea', 'cat', 'dot', 'eve']) await bureau.enrol(name)
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

describe('the authorisation', () => {
  it('is durable before the first comparison: another connection sees it', async () => {
    const seen: { act: string; facts: unknown; used: string | null | undefined }[] = []
    const look = async (request: string) => {
      const story = await bureau.story(request)
      const decision = must(await readDecision(bureau, officer, request))
      for (const line of story) seen.push({ act: line.act, facts: line.facts, used: decision?.permit?.usedAt })
    }
    const permit = await bureau.permit(officer)
    const before = [bureau.engine.counts.templates, bureau.gallery.comparisons]
    const makeTemplate: typeof bureau.engine.makeTemplate = async (...args) => {
      await look(permit.request)
      expect([bureau.engine.counts.templates, bureau.gallery.comparisons]).toEqual(before)
      return await bureau.engine.makeTemplate(...args)
    }
    must(await runSearch(depsWith({ engine: { ...bureau.engine, makeTemplate } }), officer, permit))
    expect(seen).toEqual([
      { act: 'search.authorised', facts: expect.objectContaining({ permit: permit.id }), used: expect.any(String) },
    ])
  })

  it('that cannot be written stops the search before it begins', async () => {
    const permit = await bureau.permit(officer)
    const before = [bureau.engine.counts.templates, bureau.gallery.comparisons]
    const clock = { now: () => new Date(Number.NaN) }
    await expect(runSearch(depsWith({ clock }), officer, permit)).rejects.toThrow()
    expect([bureau.engine.counts.templates, bureau.gallery.comparisons]).toEqual(before)
    expect(await bureau.story(permit.request)).toEqual([])
    expect(codeOf(await runSearch(bureau, officer, permit))).toBe('ok')
  })

  it('is given once: a permit used twice is refused, and that is logged', async () => {
    const permit = await bureau.permit(officer)
    must(await runSearch(bureau, officer, permit))
    const before = [bureau.engine.counts.templates, bureau.gallery.comparisons]
    expect(codeOf(await runSearch(bureau, officer, permit))).toBe('permit_spent')
    expect([bureau.engine.counts.templates, bureau.gallery.comparisons]).toEqual(before)
    expect((await bureau.story(permit.request)).at(-1)).toMatchObject({
      act: 'search.failed',
      facts: { code: 'permit_spent' },
    })
    expect(await stateOf(permit)).toBe('searched')
    expect(codeOf(await permitFor(bureau, officer, permit.request))).toBe('request_already_searched')
  })

  it('of two searches at the same moment one compares', async () => {
    const permit = await bureau.permit(officer)
    const outcomes = await Promise.all([1, 2, 3].map(() => runSearch(bureau, officer, permit)))
    expect(outcomes.map(codeOf).sort()).toEqual(['ok', 'permit_spent', 'permit_spent'])
    expect((await bureau.story(permit.request)).filter((line) => line.act === 'search.authorised')).toHaveLength(1)
  })
})
