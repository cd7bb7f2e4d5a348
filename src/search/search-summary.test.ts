import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { sha256Hex } from '../base/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import { searchOf } from './records.ts'
import { runSearch } from './run-search.ts'
import { codeOf, must, TestBureau } from './search.fixture.ts'
import type { SearchDeps } from './search-deps.ts'
import { searchSummary } from './search-summary.ts'

let store: TestStore
let bureau: TestBureau
let officer: Actor
let colleague: Actor
let foreigner: Actor

beforeAll(async () => {
  store = await openTestStore()
  bureau = await TestBureau.open(store)
  for (const name of ['ann', 'bea', 'cat', 'dot', 'eve']) await bureau.enrol(name)
  officer = await bureau.person('a', ['investigator'])
  colleague = await bureau.person('a', ['investigator'])
  foreigner = await bureau.person('b', ['investigator', 'supervisor', 'auditor'])
})

afterAll(() => store.close())

function depsWith(changes: Partial<SearchDeps>): SearchDeps {
  const { store, engine, gallery, clock, ids } = bureau
  return { store, engine, gallery, clock, ids, ...changes }
}

describe('who sees what was found', () => {
  it('the requester sees how much was searched and how many came back, never whom', async () => {
    const permit = await bureau.permit(officer)
    expect(must(await searchSummary(bureau, officer, permit.request))).toBeNull()
    const search = must(await runSearch(bureau, officer, permit))
    expect(must(await searchSummary(bureau, officer, permit.request))).toEqual({
      id: search.id,
      request: permit.request,
      searched: 5,
      proof: { enrolled: 5, certified: true, k: search.proof?.k, bound: search.proof?.bound },
      sentence: 'Searched 5 photographs. The list is proved exact over 5 photographs.',
      returned: 1,
      startedAt: search.startedAt,
      finishedAt: search.finishedAt,
    })
  })

  it('a colleague and another agency are told that there is none, on record', async () => {
    const permit = await bureau.permit(officer)
    must(await runSearch(bureau, officer, permit))
    for (const reader of [colleague, foreigner]) {
      expect(codeOf(await searchSummary(bureau, reader, permit.request))).toBe('not_found')
      expect((await bureau.entries()).at(-1)).toMatchObject({ act: 'record.withheld', actor: reader.account })
    }
    const theirs = await store.transaction({ agency: foreigner.agency }, (tx) => searchOf(tx, permit.request))
    expect(theirs).toBeNull()
  })

  it.each(['search_run', 'candidate'])('the service can neither change nor remove a %s', async (table) => {
    const run = (statement: ReturnType<typeof sql>) =>
      store.transaction({ agency: officer.agency }, (tx) => statement.execute(tx))
    await expect(run(sql`update ${sql.table(table)} set agency = agency`)).rejects.toThrow(/permission denied/)
    await expect(run(sql`delete from ${sql.table(table)}`)).rejects.toThrow(/permission denied/)
  })

  it('the original probe is what was compared, byte for byte', async () => {
    const digests: string[] = []
    const makeTemplate: typeof bureau.engine.makeTemplate = (bytes, face) => {
      digests.push(sha256Hex(bytes))
      return bureau.engine.makeTemplate(bytes, face)
    }
    const permit = await bureau.permit(officer, {}, 'PERSON:ann:another day')
    must(await runSearch(depsWith({ engine: { ...bureau.engine, makeTemplate } }), officer, permit))
    expect(digests).toEqual([sha256Hex('PERSON:ann:another day')])
  })
})
