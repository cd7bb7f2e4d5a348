import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '../base/index.ts'
import { openStore, type Store, sql } from '../store/index.ts'
import { enrolBooking } from './enrol-booking.ts'
import { NO_FILTER } from './gallery-filter.ts'
import type { GallerySearch } from './gallery-search.ts'
import { openGallerySearch } from './open-gallery-search.ts'
import { actorWith, bookingInput, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

let gallery: TestGallery
let search: GallerySearch

const open = () => openGallerySearch(gallery.store, gallery.deps.engine.model)

const vectorOf = async (image: string) => {
  const template = await gallery.deps.engine.makeTemplate(new TextEncoder().encode(image))
  if (!template.ok) throw new Error(template.problem.message)
  return template.value.vector
}

const find = async (image: string, options: { limit?: number; threshold?: number } = {}, by = search) =>
  await by.search(await vectorOf(image), {
    model: gallery.deps.engine.model,
    limit: 50,
    threshold: 0.5,
    filter: NO_FILTER,
    ...options,
  })

const withdraw = (template: string) =>
  gallery.store.transaction({ agency: null }, (tx) =>
    sql`delete from gallery_template where id = ${template}`.execute(tx),
  )

beforeAll(async () => {
  gallery = await openTestGallery()
  search = open()
})
afterAll(() => gallery.close())

describe('openGallerySearch', () => {
  it('finds nobody in an empty gallery', async () => {
    expect(await search.size()).toBe(0)
    expect(await find('PERSON:ada:probe')).toEqual({
      ...{ candidates: [], searched: 0, enrolled: 0, certified: true, k: 0, bound: -1 },
      model: gallery.deps.engine.model,
    })
    expect(search.comparisons).toBe(0)
  })

  it('finds a booking as soon as it is enrolled, also from a search opened long before', async () => {
    const other = open()
    await other.size()
    const ada = await gallery.enrol('PERSON:ada:1')
    for (const by of [search, other, open()]) {
      const found = await find('PERSON:ada:probe', {}, by)
      expect(found.searched).toBe(1)
      expect(found.candidates).toMatchObject([{ booking: ada.id, score: expect.closeTo(0.9, 1) }])
    }
  })

  it('finds what another process enrolled through its own connection', async () => {
    await search.size()
    const { address, blobFolder } = gallery.store
    const agencyKeyFile = join(dirname(blobFolder), 'agency.key')
    const elsewhere = await openStore({ address, blobFolder, agencyKeyFile })
    const input = bookingInput(gallery.source.id, 'PERSON:dot:1')
    const outcome = await enrolBooking({ ...gallery.deps, store: elsewhere }, actorWith('custodian'), input)
    await elsewhere.close()
    const booking = outcome.ok ? outcome.value.booking.id : outcome.problem.code
    const found = await find('PERSON:dot:probe')
    expect(found.candidates).toMatchObject([{ booking }])
    await withdraw(found.candidates[0]?.template ?? '')
  })

  it('lists a person once, with the best photograph', async () => {
    const bea = { personKey: 'bea', bookingNumber: 'B-9' }
    const far = await gallery.enrol('PERSON:ada:filed under bea', bea)
    const near = await gallery.enrol('PERSON:bea:1', bea)
    const found = await find('PERSON:bea:1', { threshold: -1 })
    expect(found.searched).toBe(3)
    expect(found.candidates[0]).toMatchObject({ booking: near.id, score: expect.closeTo(1, 6) })
    expect(found.candidates[0]?.others).toMatchObject([{ booking: far.id, score: expect.closeTo(0, 0) }])
    expect(found.candidates.map((candidate) => candidate.booking)).not.toContain(far.id)
    expect(found.candidates).toHaveLength(2)
  })

  it('lists nothing below the threshold and at most as many as asked for', async () => {
    expect((await find('somebody else')).candidates).toEqual([])
    expect((await find('somebody else', { threshold: -1, limit: 1 })).candidates).toHaveLength(1)
  })

  it('counts every comparison', async () => {
    const before = search.comparisons
    const { searched } = await find('PERSON:ada:probe')
    expect(searched).toBe(await search.size())
    expect(search.comparisons).toBe(before + searched)
  })

  it('compares nothing with a template that was removed', async () => {
    const eve = await gallery.enrol('PERSON:eve:1')
    const before = await find('PERSON:eve:probe')
    expect(before.candidates).toMatchObject([{ booking: eve.id }])
    await withdraw(before.candidates[0]?.template ?? '')
    for (const by of [search, open()]) {
      const after = await find('PERSON:eve:probe', {}, by)
      expect(after.candidates).toEqual([])
      expect(after.searched).toBe(before.searched - 1)
    }
  })

  it('answers searches asked at the same time, each as if it were alone', async () => {
    const [ada, bea] = await Promise.all([find('PERSON:ada:probe'), find('PERSON:bea:probe')])
    expect(ada).toEqual(await find('PERSON:ada:probe'))
    expect(bea).toEqual(await find('PERSON:bea:probe'))
    expect(ada.candidates).not.toEqual(bea.candidates)
  })

  it('never compares templates of two models', async () => {
    const model = { id: 'other', sha256: sha256Hex('other'), dimension: 512 }
    const other = openGallerySearch(gallery.store, model)
    const found = await other.search(await vectorOf('PERSON:ada:1'), {
      model,
      limit: 50,
      threshold: -1,
      filter: NO_FILTER,
    })
    expect(found).toMatchObject({ candidates: [], searched: 0, enrolled: 0, model })
  })

  it('goes on after a search that failed, from where it stopped', async () => {
    let down = true
    const transaction: Store['transaction'] = (scope, work) =>
      down ? Promise.reject(new Error('down')) : gallery.store.transaction(scope, work)
    const shaky = openGallerySearch({ ...gallery.store, transaction }, gallery.deps.engine.model)
    await expect(find('PERSON:ada:probe', {}, shaky)).rejects.toThrow('down')
    expect(shaky.comparisons).toBe(0)
    down = false
    expect(await find('PERSON:ada:probe', {}, shaky)).toEqual(await find('PERSON:ada:probe'))
  })
})
