import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { loadTemplates } from './load-templates.ts'
import { ResidentGallery } from './resident-gallery.ts'
import { openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

let gallery: TestGallery
let resident: ResidentGallery

beforeEach(async () => {
  gallery = await openTestGallery()
  resident = new ResidentGallery(512)
})
afterEach(() => gallery.close())

const load = (seq = 0) => loadTemplates(gallery.store, resident, gallery.deps.engine.model.sha256, seq)

const names = () => resident.rows.map((row) => row.booking).sort()

/** Copies of the one enrolled template under other bookings of the same person. */
const copy = (count: number) =>
  gallery.store.transaction({ agency: null }, async (tx) => {
    await sql`insert into gallery_booking select 'bkg_copy_' || n, source, subject, booking_number, booked_at,
        captured_at, birth_year, sex, charge_ucr, blob, encode(sha256(n::text::bytea), 'hex'), model_id, model_sha256,
        enrolled_at, enrolled_by
      from gallery_booking, generate_series(1, ${count}) n`.execute(tx)
    await sql`insert into gallery_template (id, booking, subject, model_sha256, sealed)
      select 'tpl_copy_' || n, 'bkg_copy_' || n, subject, model_sha256, sealed
      from gallery_template, generate_series(1, ${count}) n`.execute(tx)
  })

/** Puts one other template, sealed as it should be, in place of those enrolled so far. */
const replaceBy = (vector: Float32Array) =>
  gallery.store.transaction({ agency: null }, async (tx) => {
    const { rows } = await sql<{ booking: string; subject: string; key: string }>`
      select t.booking, t.subject, s.data_key as key from gallery_template t join gallery_subject s on s.id = t.subject
    `.execute(tx)
    const row = rows[0]
    if (row === undefined) throw new Error('nothing is enrolled')
    const sealed = await gallery.store.blobs.seal(tx, row.key, new Uint8Array(vector.buffer))
    await sql`delete from gallery_template`.execute(tx)
    await sql`insert into gallery_template (id, booking, subject, model_sha256, sealed) values
      ('tpl_other', ${row.booking}, ${row.subject}, ${gallery.deps.engine.model.sha256}, ${sealed})`.execute(tx)
  })

describe('loadTemplates', () => {
  it('takes up what came since, and nothing twice', async () => {
    const ada = await gallery.enrol('ada')
    const first = await load()
    const bea = await gallery.enrol('bea')
    const second = await load(first)
    expect(second).toBeGreaterThan(first)
    expect(await load(second)).toBe(second)
    expect(await load(0)).toBe(second)
    expect(names()).toEqual([ada.id, bea.id].sort())
  })

  it('brings each vector back as the engine made it', async () => {
    await gallery.enrol('ada')
    await load()
    const made = await gallery.deps.engine.makeTemplate(new TextEncoder().encode('ada'))
    expect(made.ok && resident.vectorAt(0)).toEqual(made.ok && made.value.vector)
  })

  it('takes up more than one page, and drops what went in between', async () => {
    await gallery.enrol('ada')
    await copy(4100)
    const seq = await load()
    expect(resident.rows).toHaveLength(4101)
    await gallery.store.transaction({ agency: null }, (tx) =>
      sql`delete from gallery_template where id like 'tpl_copy_%' and id <> 'tpl_copy_7'`.execute(tx),
    )
    await load(seq)
    expect(names()).toHaveLength(2)
    expect(names()).toContain('bkg_copy_7')
    expect(resident.subjects).toBe(1)
  })

  it('never meets a template that came and went before it looked', async () => {
    await gallery.enrol('ada')
    await gallery.store.transaction({ agency: null }, (tx) => sql`delete from gallery_template`.execute(tx))
    const bea = await gallery.enrol('bea')
    await load()
    expect(names()).toEqual([bea.id])
  })

  it.each([
    ['of another dimension', new Float32Array(256).fill(1 / 16)],
    ['not of unit length', new Float32Array(512).fill(0.05)],
    ['of no numbers', new Float32Array(512).fill(Number.NaN)],
  ])('refuses a template %s, and takes up nothing of its page', async (_, vector) => {
    await gallery.enrol('ada')
    await replaceBy(vector)
    await gallery.enrol('bea')
    await expect(load()).rejects.toMatchObject({ name: 'GalleryError', code: 'vector_unusable' })
    expect(resident.rows).toEqual([])
  })

  it('fails on a template whose sealed bytes were changed', async () => {
    await gallery.enrol('ada')
    await gallery.store.transaction({ agency: null }, async (tx) => {
      await sql`with gone as (delete from gallery_template returning *)
        insert into gallery_template (id, booking, subject, model_sha256, sealed)
        select 'tpl_changed', booking, subject, 'f' || substr(model_sha256, 2), set_byte(sealed, 40, 255 - get_byte(sealed, 40))
        from gone`.execute(tx)
    })
    const model = `f${gallery.deps.engine.model.sha256.slice(1)}`
    await expect(loadTemplates(gallery.store, resident, model, 0)).rejects.toMatchObject({ code: 'blob_damaged' })
    expect(resident.rows).toEqual([])
  })

  it('does not open a template under the key of another subject', async () => {
    const ada = await gallery.enrol('ada')
    const bea = await gallery.enrol('bea')
    await gallery.store.transaction({ agency: null }, async (tx) => {
      await sql`delete from gallery_template where booking = ${ada.id}`.execute(tx)
      await sql`insert into gallery_template (id, booking, subject, model_sha256, sealed)
        select 'tpl_swapped', ${ada.id}, ${ada.subject}, model_sha256, sealed
        from gallery_template where booking = ${bea.id}`.execute(tx)
    })
    await expect(load()).rejects.toMatchObject({ code: 'blob_damaged' })
  })
})
