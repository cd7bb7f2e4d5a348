import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { examineIndex } from './examine-index.ts'
import { MemoryIndex } from './memory-gallery.fixture.ts'
import { openEmbeddedIndex } from './open-gallery-search.ts'
import { openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

let gallery: TestGallery
let index: MemoryIndex
beforeEach(async () => {
  gallery = await openTestGallery()
  index = new MemoryIndex()
  for (const name of ['ada', 'bea']) await gallery.enrol(name)
})
afterEach(() => gallery.close())

const examine = (of = index as Parameters<typeof examineIndex>[2]) =>
  examineIndex(gallery.store, gallery.deps.engine.model, of)
const held = () => [...index.held]

describe('examining an index', () => {
  it('finds it good when every row is as its template', async () => {
    const good = { ok: true, rows: 2, compared: 2, sentence: expect.stringContaining('every row') }
    expect(await examine()).toEqual(good)
    const embedded = openEmbeddedIndex(gallery.store, gallery.deps.engine.model, { threads: 0 })
    expect(await examine(embedded)).toEqual(good)
    await embedded.close()
  })

  it('of an empty gallery is good', async () => {
    await gallery.store.transaction({ agency: null }, (tx) => sql`delete from gallery_template`.execute(tx))
    expect(await examine()).toMatchObject({ ok: true, rows: 0, compared: 0 })
  })

  it('finds a row that was lost', async () => {
    await examine()
    index.held.delete(held()[0]?.[0] ?? 0)
    expect(await examine()).toMatchObject({ ok: false, sentence: expect.stringContaining('holds 1 photographs') })
  })

  it('finds a row whose numbers were changed', async () => {
    await examine()
    const [seq, row] = held()[1] ?? [0, undefined]
    if (row !== undefined) index.held.set(seq, { ...row, vector: row.vector.toReversed() })
    expect(await examine()).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('1 rows of the index differ'),
    })
  })

  it('finds that the count of the database was tampered with', async () => {
    const tamper = gallery.store.transaction({ agency: null }, async (tx) => {
      await sql`set local role none`.execute(tx)
      await sql`update gallery_digest set row_count = row_count - 1, seq_sum = seq_sum - 2`.execute(tx)
    })
    await tamper
    expect(await examine()).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('counts 1 templates and holds 2'),
    })
  })

  it('says when it did not compare row by row', async () => {
    await gallery.store.transaction({ agency: null }, async (tx) => {
      await sql`insert into gallery_booking select 'bkg_copy_' || n, source, subject, booking_number, booked_at,
          captured_at, birth_year, sex, charge_ucr, blob, encode(sha256(n::text::bytea), 'hex'), model_id, model_sha256,
          enrolled_at, enrolled_by
        from (select * from gallery_booking limit 1) b, generate_series(1, 20000) n`.execute(tx)
      await sql`insert into gallery_template (id, booking, subject, model_sha256, sealed)
        select 'tpl_copy_' || n, 'bkg_copy_' || n, subject, model_sha256, sealed
        from (select * from gallery_template limit 1) t, generate_series(1, 20000) n`.execute(tx)
    })
    expect(await examine()).toMatchObject({ ok: true, rows: 20_002, compared: 0 })
  }, 60_000)
})
