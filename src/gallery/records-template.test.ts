import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '../base/index.ts'
import { sql } from '../store/index.ts'
import { NO_FILTER } from './gallery-filter.ts'
import type { GallerySearch } from './gallery-search.ts'
import { openGallerySearch } from './open-gallery-search.ts'
import { changesAfter, insertTemplate, type SealedTemplate } from './records-template.ts'
import { openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

let gallery: TestGallery

const open = () => openGallerySearch(gallery.store, gallery.deps.engine.model)

const find = async (image: string, by: GallerySearch) => {
  const template = await gallery.deps.engine.makeTemplate(new TextEncoder().encode(image))
  if (!template.ok) throw new Error(template.problem.message)
  const options = { model: gallery.deps.engine.model, limit: 50, threshold: 0.5, filter: NO_FILTER }
  return await by.search(template.value.vector, options)
}

const withdraw = (template: string) =>
  gallery.store.transaction({ agency: null }, (tx) =>
    sql`delete from gallery_template where id = ${template}`.execute(tx),
  )

beforeAll(async () => {
  gallery = await openTestGallery()
})
afterAll(() => gallery.close())

describe('the order of changes', () => {
  it('skips no booking whose transaction ends after a later one asked for its place', async () => {
    const long = open()
    const lee = await gallery.enrol('PERSON:lee:1')
    const row = await templateRow(lee.id)
    await withdraw(row.id)
    const [written, write] = signal()
    const [released, release] = signal()
    const slow = gallery.store.transaction({ agency: null }, async (tx) => {
      await insertTemplate(tx, { ...row, id: 'tpl_slow' })
      write()
      await released
    })
    await written
    const enrolment = gallery.enrol('PERSON:kim:1')
    try {
      await expect.poll(waitingForLock, { timeout: 20_000 }).toBe(1)
      await long.size()
    } finally {
      release()
      await slow
    }
    const kim = await enrolment
    expect((await find('PERSON:lee:probe', long)).candidates).toMatchObject([{ booking: lee.id }])
    expect((await find('PERSON:kim:probe', long)).candidates).toMatchObject([{ booking: kim.id }])
  })

  it('is drawn by the database, whatever a writer asks for', async () => {
    const sequence = await gallery.store.transaction({ agency: null }, async (tx) => {
      const { rows } = await sql<{ seq: number }>`
        insert into gallery_template (id, booking, subject, model_sha256, sealed, seq)
        select 'tpl_forged', booking, subject, ${sha256Hex('other')}, sealed, -5 from gallery_template limit 1
        returning seq`.execute(tx)
      return rows[0]?.seq
    })
    expect(sequence).toBeGreaterThan(0)
  })

  it('cannot be rewritten by the service', async () => {
    const rewrite = gallery.store.transaction({ agency: null }, (tx) =>
      sql`update gallery_template set seq = 0`.execute(tx),
    )
    await expect(rewrite).rejects.toThrow('permission denied')
    const hide = gallery.store.transaction({ agency: null }, (tx) =>
      sql`insert into gallery_template_removal values (1, 'tpl_x', 'x', 1)`.execute(tx),
    )
    await expect(hide).rejects.toThrow('permission denied')
  })

  it('comes in pages that neither repeat nor skip, removals included', async () => {
    const model = gallery.deps.engine.model.sha256
    const gone = await templateRow((await gallery.enrol('PERSON:ned:1')).id)
    await gallery.enrol('PERSON:oda:1')
    await withdraw(gone.id)
    const read = (seq: number, limit: number) =>
      gallery.store.transaction({ agency: null }, (tx) => changesAfter(tx, model, seq, limit))
    const all = await read(0, 1000)
    const paged = []
    for (let last = 0; ; last = paged.at(-1)?.seq ?? 0) {
      const page = await read(last, 2)
      paged.push(...page)
      if (page.length < 2) break
    }
    expect(paged).toEqual(all)
    expect(all.at(-1)).toMatchObject({ kind: 'removed', row: gone.seq })
    expect(all.map((change) => change.seq)).toEqual(
      all.map((change) => change.seq).toSorted((one, other) => one - other),
    )
    expect(all.length).toBeGreaterThan(4)
  })
})

type StoredTemplate = SealedTemplate & { readonly seq: number }

async function templateRow(booking: string): Promise<StoredTemplate> {
  return await gallery.store.transaction({ agency: null }, async (tx) => {
    const { rows } = await sql<StoredTemplate>`select id, booking, subject, model_sha256 as "modelSha256", sealed, seq
      from gallery_template where booking = ${booking}`.execute(tx)
    return rows[0] as StoredTemplate
  })
}

/** Transactions of this database that wait for an advisory lock. */
async function waitingForLock(): Promise<number> {
  return await gallery.store.transaction({ agency: null }, async (tx) => {
    const { rows } = await sql<{ waiting: number }>`select count(*) as waiting from pg_locks
      where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(tx)
    return rows[0]?.waiting ?? 0
  })
}

function signal(): readonly [Promise<void>, () => void] {
  const { promise, resolve } = Promise.withResolvers<void>()
  return [promise, resolve]
}
