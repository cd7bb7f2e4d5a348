import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Booking } from './booking.ts'
import { galleryCounts, listBookings, listSources, searchableSources, sourcesFor } from './list-gallery.ts'
import { bookingForExamination, bookingImage } from './show-booking.ts'
import { actorWith, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

const custodian = actorWith('custodian')
let gallery: TestGallery
let bookings: readonly Booking[]

beforeAll(async () => {
  gallery = await openTestGallery()
  const ada = { personKey: 'ada', bookingNumber: 'B-1' }
  bookings = [
    await gallery.enrol('PERSON:ada:1', { ...ada, capturedAt: '2020-01-02' }),
    await gallery.enrol('PERSON:ada:2', ada),
    await gallery.enrol('PERSON:bea:1', { personKey: 'bea', bookingNumber: 'B-2' }),
  ]
})
afterAll(() => gallery.close())

describe('the gallery in lists', () => {
  it('counts people and photographs', async () => {
    expect(await galleryCounts(gallery.deps)).toEqual({ subjects: 2, bookings: 3 })
  })

  it('names the sources with their photographs', async () => {
    expect(await listSources(gallery.deps, custodian)).toEqual({
      ok: true,
      value: [{ ...gallery.source, bookings: 3 }],
    })
    const read = await gallery.store.transaction({ agency: null }, (tx) => sourcesFor(tx, 'agcy_test'))
    expect(read).toEqual([gallery.source])
    const { id, name } = gallery.source
    expect(await searchableSources(gallery.deps, actorWith('investigator'))).toEqual([{ id, name }])
  })

  it('pages through bookings, newest first, with the key of the person', async () => {
    const first = await listBookings(gallery.deps, custodian, { limit: 2 })
    if (!first.ok || first.value.next === null) throw new Error('no second page')
    expect(first.value.bookings).toEqual([
      { ...bookings[2], personKey: 'bea' },
      { ...bookings[1], personKey: 'ada' },
    ])
    const second = await listBookings(gallery.deps, custodian, { limit: 2, after: first.value.next })
    expect(second).toEqual({ ok: true, value: { bookings: [{ ...bookings[0], personKey: 'ada' }], next: null } })
  })

  it('has no further page when the last one is just full', async () => {
    expect(await listBookings(gallery.deps, custodian, { limit: 3 })).toMatchObject({ value: { next: null } })
    expect(await listBookings(gallery.deps, custodian)).toMatchObject({
      value: { bookings: { length: 3 }, next: null },
    })
  })

  it.each([0, 201, 1.5])('refuses a page of %s', async (limit) => {
    const problem = { code: 'limit_out_of_range', where: 'limit' }
    expect(await listBookings(gallery.deps, custodian, { limit })).toMatchObject({ ok: false, problem })
  })

  it('lets auditors read, and neither examiners nor investigators', async () => {
    expect(await listSources(gallery.deps, actorWith('auditor'))).toMatchObject({ ok: true })
    expect(await listBookings(gallery.deps, actorWith('auditor'))).toMatchObject({ ok: true })
    for (const role of ['examiner', 'investigator'] as const) {
      const refused = { ok: false, problem: { code: 'role_required' } }
      expect(await listSources(gallery.deps, actorWith(role))).toMatchObject(refused)
      expect(await listBookings(gallery.deps, actorWith(role))).toMatchObject(refused)
    }
  })
})

describe('one booking', () => {
  it('shows its photograph to a custodian', async () => {
    const image = await bookingImage(gallery.deps, custodian, bookings[0]?.id ?? '')
    expect(image.ok && Buffer.from(image.value).toString()).toBe('PERSON:ada:1')
  })

  it('is not shown to others, nor when there is none', async () => {
    const refused = await bookingImage(gallery.deps, actorWith('examiner', 'auditor'), bookings[0]?.id ?? '')
    expect(refused).toMatchObject({ ok: false, problem: { code: 'role_required' } })
    const missing = await bookingImage(gallery.deps, custodian, 'bkg_none')
    expect(missing).toMatchObject({ ok: false, problem: { code: 'not_found' } })
  })

  it('gives the rooms after a search its days, number, subject and photograph', async () => {
    const id = bookings[0]?.id ?? ''
    const booking = await gallery.store.transaction({ agency: null }, (tx) => bookingForExamination(tx, id))
    expect(booking).toMatchObject({
      id,
      subject: bookings[1]?.subject,
      bookingNumber: 'B-1',
      bookedAt: '2024-05-31',
      capturedAt: '2020-01-02',
    })
    const image = await booking?.displayImage(gallery.deps)
    expect(image?.ok && Buffer.from(image.value).toString()).toBe('PERSON:ada:1')
  })

  it('is null when there is none', async () => {
    const none = await gallery.store.transaction({ agency: null }, (tx) => bookingForExamination(tx, 'bkg_none'))
    expect(none).toBeNull()
  })
})
