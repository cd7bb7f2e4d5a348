import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { followSource } from './follow-source.ts'
import { MemoryIndex } from './memory-gallery.fixture.ts'
import { sealBooking, unsealBooking } from './seal-booking.ts'
import { openStoreTemplates } from './store-templates.ts'
import { actorWith, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

let gallery: TestGallery
let booking: string
beforeAll(async () => {
  gallery = await openTestGallery()
  booking = (await gallery.enrol('ada')).id
})
afterAll(() => gallery.close())

const custodian = actorWith('custodian')
const acts = async () => (await gallery.entries()).map(({ act, facts }) => [act, facts])

/** Whether an index that follows the gallery now takes the photograph for sealed. */
async function isSealedInIndex(index = new MemoryIndex()): Promise<boolean | undefined> {
  await followSource(openStoreTemplates(gallery.store, gallery.deps.engine.model.sha256, 512), index).follow()
  return [...index.held.values()][0]?.facts.sealed
}

describe('sealing a booking', () => {
  it('takes it out of searches at once, and lifting the seal puts it back; both are entries', async () => {
    const index = new MemoryIndex()
    expect(await isSealedInIndex(index)).toBe(false)
    expect(await sealBooking(gallery.deps, custodian, { booking, order: ' PC 851.91, Case 24-117 ' })).toMatchObject({
      ok: true,
    })
    expect(await isSealedInIndex(index)).toBe(true)
    expect(await isSealedInIndex()).toBe(true)
    expect((await acts()).at(-1)).toEqual(['booking.sealed', { order: 'PC 851.91, Case 24-117' }])
    expect(await unsealBooking(gallery.deps, custodian, { booking, order: 'Order 8' })).toMatchObject({ ok: true })
    expect(await isSealedInIndex(index)).toBe(false)
    expect((await acts()).at(-1)).toEqual(['booking.unsealed', { order: 'Order 8' }])
  })

  it('keeps every seal there was', async () => {
    await sealBooking(gallery.deps, custodian, { booking, order: 'Order 9' })
    const { rows } = await gallery.store.transaction({ agency: null }, (tx) =>
      sql`select order_reference, lifted_by from gallery_seal order by sealed_at, id`.execute(tx),
    )
    expect(rows).toEqual([
      { order_reference: 'PC 851.91, Case 24-117', lifted_by: 'acct_test' },
      { order_reference: 'Order 9', lifted_by: null },
    ])
    await unsealBooking(gallery.deps, custodian, { booking, order: 'Order 10' })
  })

  it('twice is refused, and so is lifting what is not there', async () => {
    expect(await unsealBooking(gallery.deps, custodian, { booking, order: 'x' })).toMatchObject({
      problem: { code: 'not_sealed' },
    })
    await sealBooking(gallery.deps, custodian, { booking, order: 'x' })
    const before = await acts()
    expect(await sealBooking(gallery.deps, custodian, { booking, order: 'y' })).toMatchObject({
      problem: { code: 'already_sealed', kind: 'refusal' },
    })
    expect(await acts()).toEqual(before)
  })

  it.each([
    ['a booking that is not there', custodian, { booking: 'bkg_none', order: 'x' }, 'not_found'],
    ['no order', custodian, { order: '  ' }, 'order_unusable'],
    ['an order of 121 characters', custodian, { order: 'x'.repeat(121) }, 'order_unusable'],
    ['an order of two lines', custodian, { order: 'a\nb' }, 'order_unusable'],
    ['an investigator', actorWith('investigator'), { order: 'x' }, 'role_required'],
    ['an administrator', actorWith('administrator'), { order: 'x' }, 'role_required'],
  ])('refuses %s', async (_, actor, change, code) => {
    for (const act of [sealBooking, unsealBooking]) {
      expect(await act(gallery.deps, actor, { booking, ...change })).toMatchObject({ problem: { code } })
    }
  })

  it('does not happen when its entry cannot be written', async () => {
    await unsealBooking(gallery.deps, custodian, { booking, order: 'Order 11' })
    const broken = { now: () => new Date(Number.NaN) }
    await expect(sealBooking({ ...gallery.deps, clock: broken }, custodian, { booking, order: 'x' })).rejects.toThrow()
    expect(await isSealedInIndex()).toBe(false)
  })
})
