import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import { readRequest } from '../intake/index.ts'
import { permitFor } from '../policy/index.ts'
import { type EmbeddedPostgres, migrate, openStore, type Store, startEmbeddedPostgres } from '../store/index.ts'
import { searchOf } from './records.ts'
import { runSearch } from './run-search.ts'
import { codeOf, fakeGallery, must, TestBureau } from './search.fixture.ts'

let folder: string
let server: EmbeddedPostgres
let store: Store
let bureau: TestBureau
let officer: Actor

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countenance-stopped-'))
  server = await startEmbeddedPostgres({ folder, throwAway: true })
  await migrate(server.address)
  store = await openStore({
    address: server.address,
    blobFolder: join(folder, 'objects'),
    agencyKeyFile: join(folder, 'agency.key'),
  })
  bureau = await TestBureau.open(store)
  await bureau.enrol('ann')
  officer = await bureau.person('a', ['investigator'])
})

afterAll(async () => {
  await store.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('the database stops while a search runs', () => {
  it('the act fails, nothing is half-written, and the request may be searched again', async () => {
    const permit = await bureau.permit(officer)
    const gallery = fakeGallery(async (options, query) => {
      const result = await bureau.gallery.search(query, options)
      await server.stop()
      return result
    })
    const { engine, clock, ids } = bureau
    const act = runSearch({ store, engine, gallery, clock, ids }, officer, permit)
    await expect(act).rejects.toMatchObject({ name: 'StoreError', code: 'database_unavailable' })

    server = await startEmbeddedPostgres({ folder, throwAway: true })
    const found = await store.transaction({ agency: officer.agency }, (tx) => searchOf(tx, permit.request))
    expect(found).toBeNull()
    expect((await bureau.story(permit.request)).map((line) => line.act)).toEqual(['search.authorised'])
    expect(must(await readRequest(bureau, officer, permit.request)).state).toBe('permitted')

    expect(codeOf(await runSearch(bureau, officer, permit))).toBe('permit_spent')
    const again = must(await permitFor(bureau, officer, permit.request))
    expect(must(await runSearch(bureau, officer, again)).candidates).toHaveLength(1)
    expect(must(await readRequest(bureau, officer, permit.request)).state).toBe('searched')
  })

  it('stopped before it begins, nothing is compared', async () => {
    const permit = await bureau.permit(officer)
    const before = [bureau.engine.counts.templates, bureau.gallery.comparisons]
    await server.stop()
    await expect(runSearch(bureau, officer, permit)).rejects.toMatchObject({ code: 'database_unavailable' })
    expect([bureau.engine.counts.templates, bureau.gallery.comparisons]).toEqual(before)
    server = await startEmbeddedPostgres({ folder, throwAway: true })
    expect(codeOf(await runSearch(bureau, officer, permit))).toBe('ok')
  })
})
