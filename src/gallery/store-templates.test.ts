import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { followSource } from './follow-source.ts'
import { MemoryIndex } from './memory-gallery.fixture.ts'
import { countDigest } from './records-template.ts'
import { openStoreTemplates } from './store-templates.ts'
import type { TemplateSource } from './template-source.ts'
import { openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

let gallery: TestGallery
let source: TemplateSource
let index: MemoryIndex

beforeEach(async () => {
  gallery = await openTestGallery()
  source = sourceOf(gallery.deps.engine.model.sha256)
  index = new MemoryIndex()
})
afterEach(() => gallery.close())

const sourceOf = (sha256: string) => openStoreTemplates(gallery.store, sha256, 512)
const follow = () => followSource(source, index).follow()
const run = (statement: ReturnType<typeof sql>) =>
  gallery.store.transaction({ agency: null }, (tx) => statement.execute(tx))
const bookings = async () => (await source.templatesAt([...index.held.keys()])).map(({ booking }) => booking).sort()

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

describe('the templates of the store', () => {
  it('are taken up as they come, and nothing twice', async () => {
    const ada = await gallery.enrol('ada')
    const first = await follow()
    const bea = await gallery.enrol('bea')
    const second = await follow()
    expect(second.position).toBeGreaterThan(first.position)
    expect(await follow()).toEqual(second)
    expect(await bookings()).toEqual([ada.id, bea.id].sort())
  })

  it('bring each vector and each fact back as enrolled', async () => {
    const ada = await gallery.enrol('ada', {
      birthYear: null,
      sex: 'X',
      bookedAt: '2020-02-29',
      capturedAt: '2020-02-28',
    })
    await follow()
    const [[seq, held] = [0, undefined]] = index.held
    const made = await gallery.deps.engine.makeTemplate(new TextEncoder().encode('ada'))
    expect(held?.vector).toEqual(made.ok && made.value.vector)
    const [number] = await source.sourceNumbers([gallery.source.id])
    const facts = { source: number, bookedAt: '2020-02-29', birthYear: null, sex: 'X', sealed: false }
    expect(held?.facts).toEqual(facts)
    const { booking, subject } = { booking: ada.id, subject: ada.subject }
    expect(await source.templatesAt([seq, seq + 1])).toEqual([
      { seq, template: expect.stringMatching(/^tpl_/), booking, subject, facts, vector: held?.vector },
    ])
  })

  it('are given by subject, every photograph', async () => {
    const first = await gallery.enrol('one', { personKey: 'ada', bookingNumber: 'B-1' })
    const second = await gallery.enrol('two', { personKey: 'ada', bookingNumber: 'B-2' })
    await gallery.enrol('bea')
    const own = await source.templatesOf([first.subject, 'sub_none'], [])
    expect(own.map(({ booking }) => booking)).toEqual([first.id, second.id])
    const rest = await source.templatesOf([first.subject], [own[0]?.template ?? ''])
    expect(rest.map(({ booking }) => booking)).toEqual([second.id])
    expect(await source.templatesOf([], [])).toEqual([])
    expect(await source.sourceNumbers(['src_none'])).toEqual([])
  })

  it('come in more than one page, and drop what went in between', async () => {
    await gallery.enrol('ada')
    await copy(4100)
    expect(await follow()).toMatchObject({ rows: 4101 })
    await run(sql`delete from gallery_template where id like 'tpl_copy_%' and id <> 'tpl_copy_7'`)
    expect(await follow()).toMatchObject({ rows: 2 })
    expect(await bookings()).toContain('bkg_copy_7')
  })

  it('that came and went before anybody looked are never met', async () => {
    await gallery.enrol('ada')
    await run(sql`delete from gallery_template`)
    const bea = await gallery.enrol('bea')
    await follow()
    expect(await bookings()).toEqual([bea.id])
  })

  it('tell when a booking is sealed and when that is lifted', async () => {
    const ada = await gallery.enrol('ada')
    await follow()
    await run(sql`insert into gallery_seal values ('seal_1', ${ada.id}, 'Order 7', now(), 'bench')`)
    await follow()
    expect([...index.held.values()].map(({ facts }) => facts.sealed)).toEqual([true])
    await run(sql`update gallery_seal set lifted_at = now(), lifted_by = 'bench'`)
    await follow()
    expect([...index.held.values()].map(({ facts }) => facts.sealed)).toEqual([false])
  })

  it('sealed and then removed before anybody looked are never met', async () => {
    const ada = await gallery.enrol('ada')
    await run(sql`insert into gallery_seal values ('seal_1', ${ada.id}, 'Order 7', now(), 'bench')`)
    await run(sql`delete from gallery_template`)
    expect(await follow()).toMatchObject({ rows: 0 })
  })

  it('are counted by the database as they are, whatever came and went', async () => {
    const model = gallery.deps.engine.model.sha256
    expect(await source.state()).toEqual({ position: 0, rows: 0, sum: 0n, squares: 0n })
    await gallery.enrol('ada')
    await copy(5)
    await run(sql`delete from gallery_template where id in ('tpl_copy_2', 'tpl_copy_4')`)
    const { position: _, ...state } = await source.state()
    const counted = await gallery.store.transaction({ agency: null }, (tx) => countDigest(tx, model))
    expect(state).toEqual({ ...state, rows: counted.rows, sum: BigInt(counted.sum), squares: BigInt(counted.squares) })
    expect(counted.rows).toBe(state.rows)
  })

  it('of an undone enrolment are not counted', async () => {
    await gallery.enrol('ada')
    const before = await source.state()
    const undone = gallery.store.transaction({ agency: null }, async (tx) => {
      await sql`delete from gallery_template`.execute(tx)
      throw new Error('no power')
    })
    await expect(undone).rejects.toThrow('no power')
    expect(await source.state()).toEqual(before)
  })

  it.each([
    ['of another dimension', new Float32Array(256).fill(1 / 16)],
    ['not of unit length', new Float32Array(512).fill(0.05)],
    ['of no numbers', new Float32Array(512).fill(Number.NaN)],
  ])('refuses a template %s, and takes up nothing of its page', async (_, vector) => {
    await gallery.enrol('ada')
    await replaceBy(vector)
    await gallery.enrol('bea')
    await expect(follow()).rejects.toMatchObject({ name: 'GalleryError', code: 'vector_unusable' })
    expect(index.held.size).toBe(0)
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
    await expect(followSource(sourceOf(model), index).follow()).rejects.toMatchObject({ code: 'blob_damaged' })
    expect(index.held.size).toBe(0)
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
    await expect(follow()).rejects.toMatchObject({ code: 'blob_damaged' })
  })
})
