import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { fail } from '../base/index.ts'
import { GalleryError, type GallerySearch } from '../gallery/index.ts'
import { readRequest } from '../intake/index.ts'
import { liftMoratorium, type Permit, permitFor, startMoratorium } from '../policy/index.ts'
import { openTestStore, type TestStore } from '../store/index.ts'
import { searchOf } from './records.ts'
import { runSearch } from './run-search.ts'
import { candidate, codeOf, fakeGallery, must, PROOF, TestBureau } from './search.fixture.ts'
import type { SearchDeps } from './search-deps.ts'

let store: TestStore
let bureau: TestBureau
let officer: Actor
let supervisor: Actor
let ann: string

beforeAll(async () => {
  store = await openTestStore()
  bureau = await TestBureau.open(store)
  ann = await bureau.enrol('ann', 'booking', '2023-02-03')
  for (const name of ['bea', 'cat', 'dot', 'eve']) await bureau.enrol(name)
  officer = await bureau.person('a', ['investigator'])
  supervisor = await bureau.person('a', ['supervisor'])
})

afterAll(() => store.close())

/** The real gallery with something that happens while it searches. */
function galleryThat(during: () => Promise<unknown>): GallerySearch {
  return fakeGallery(async (options, query) => {
    await during()
    return await bureau.gallery.search(query, options)
  })
}

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

describe('a search that fails', () => {
  it('in the engine is recorded with its code, and may be asked for again', async () => {
    const permit = await bureau.permit(officer)
    const makeTemplate = async () => fail('decode_timeout', 'It took too long.', 'Try again.')
    const outcome = await runSearch(depsWith({ engine: { ...bureau.engine, makeTemplate } }), officer, permit)
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'failure', code: 'decode_timeout' } })
    expect((await bureau.story(permit.request)).map((line) => [line.act, line.facts.code])).toEqual([
      ['search.authorised', undefined],
      ['search.failed', 'decode_timeout'],
    ])
    expect(await stateOf(permit)).toBe('failed')
    expect(await recordOf(permit.request)).toBeNull()
    const again = must(await permitFor(bureau, officer, permit.request))
    expect(again.id).not.toBe(permit.id)
    must(await runSearch(bureau, officer, again))
    expect(await stateOf(permit)).toBe('searched')
  })

  it.each(['coverage_incomplete', 'shard_unavailable', 'cluster_refused', 'removal_incomplete'] as const)(
    'because of the gallery (%s) says so, keeps no list, and may be asked for again',
    async (code) => {
      const permit = await bureau.permit(officer)
      const gallery = galleryThat(() => Promise.reject(new GalleryError(code, 'Shard 2 of 4 is away.')))
      const outcome = await runSearch(depsWith({ gallery }), officer, permit)
      expect(outcome).toMatchObject({ ok: false, problem: { kind: 'failure', code } })
      expect(outcome.ok ? '' : outcome.problem.message).toContain('no list was made')
      expect((await bureau.story(permit.request)).map((line) => [line.act, line.facts.code])).toEqual([
        ['search.authorised', undefined],
        ['search.failed', code],
      ])
      expect([await stateOf(permit), await recordOf(permit.request)]).toEqual(['failed', null])
      must(await runSearch(bureau, officer, must(await permitFor(bureau, officer, permit.request))))
    },
  )

  it('before it began, because the gallery cannot even be counted, leaves the permit good', async () => {
    const permit = await bureau.permit(officer)
    const away = async () => {
      throw new GalleryError('shard_unavailable', 'Shard 2 of 4 is away.')
    }
    const gallery = fakeGallery(away, away)
    expect(codeOf(await runSearch(depsWith({ gallery }), officer, permit))).toBe('shard_unavailable')
    expect((await bureau.story(permit.request)).map((line) => [line.act, line.facts.code])).toEqual([
      ['search.failed', 'shard_unavailable'],
    ])
    must(await runSearch(bureau, officer, permit))
  })

  it('because of a defect of the caller is no trouble of the gallery: it is thrown', async () => {
    const permit = await bureau.permit(officer)
    const gallery = galleryThat(() => Promise.reject(new GalleryError('vector_unusable', 'Not of length 1.')))
    await expect(runSearch(depsWith({ gallery }), officer, permit)).rejects.toThrow('Not of length 1.')
    expect((await bureau.story(permit.request)).at(-1)?.facts.code).toBe('search_interrupted')
  })

  it('unexpectedly tells the cause and leaves a trace', async () => {
    const permit = await bureau.permit(officer)
    const gallery = galleryThat(() => Promise.reject(new Error('the scan broke')))
    await expect(runSearch(depsWith({ gallery }), officer, permit)).rejects.toThrow('the scan broke')
    expect((await bureau.story(permit.request)).at(-1)).toMatchObject({
      act: 'search.failed',
      facts: { code: 'search_interrupted' },
    })
    expect(await stateOf(permit)).toBe('failed')
  })

  it('because its candidates cannot be written keeps nothing of it', async () => {
    const permit = await bureau.permit(officer)
    const twice = candidate(ann, 0.9)
    const { model } = bureau.engine
    const gallery = fakeGallery(async () => ({ candidates: [twice, twice], searched: 2, ...PROOF, model }))
    await expect(runSearch(depsWith({ gallery }), officer, permit)).rejects.toThrow(/unique/)
    expect(await recordOf(permit.request)).toBeNull()
    expect((await bureau.story(permit.request)).map((line) => line.act)).toEqual(['search.authorised', 'search.failed'])
  })

  it('because a moratorium began meanwhile keeps nothing of it', async () => {
    const permit = await bureau.permit(officer)
    const gallery = galleryThat(() => startMoratorium(bureau, supervisor, { reason: 'Now.' }))
    expect(codeOf(await runSearch(depsWith({ gallery }), officer, permit))).toBe('moratorium')
    expect(await recordOf(permit.request)).toBeNull()
    expect((await bureau.story(permit.request)).at(-1)).toMatchObject({
      act: 'search.failed',
      facts: { code: 'moratorium' },
    })
    expect(await stateOf(permit)).toBe('failed')
    expect(codeOf(await permitFor(bureau, officer, permit.request))).toBe('moratorium')
    must(await liftMoratorium(bureau, supervisor, { reason: 'Over.' }))
    must(await runSearch(bureau, officer, must(await permitFor(bureau, officer, permit.request))))
  })

  it('because another search of the request finished first does not replace it', async () => {
    const permit = await bureau.permit(officer)
    const first: { digest?: string } = {}
    const gallery = galleryThat(async () => {
      const second = must(await permitFor(bureau, officer, permit.request))
      first.digest = must(await runSearch(bureau, officer, second)).listDigest
    })
    expect(codeOf(await runSearch(depsWith({ gallery }), officer, permit))).toBe('request_already_searched')
    expect((await recordOf(permit.request))?.listDigest).toBe(first.digest)
    expect(await stateOf(permit)).toBe('searched')
  })
})
