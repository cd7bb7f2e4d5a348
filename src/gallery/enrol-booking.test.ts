import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256Hex } from '../base/index.ts'
import { StoreError } from '../store/index.ts'
import type { BookingInput } from './booking.ts'
import { enrolBooking } from './enrol-booking.ts'
import { actorWith, bookingInput, countAll, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

const custodian = actorWith('custodian')

let gallery: TestGallery

beforeEach(async () => {
  gallery = await openTestGallery()
})
afterEach(() => gallery.close())

const enrol = (input: Partial<BookingInput>, image = 'PERSON:ada:1') =>
  enrolBooking(gallery.deps, custodian, { ...bookingInput(gallery.source.id, image), ...input })

describe('enrolBooking', () => {
  it('keeps the booking with its provenance', async () => {
    const outcome = await enrol({ bookingNumber: ' B-1 ', personKey: 'ada', chargeUcr: 'AGGRAVATED_ASSAULT' })
    const image = new TextEncoder().encode('PERSON:ada:1')
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        state: 'enrolled',
        booking: {
          source: gallery.source.id,
          bookingNumber: 'B-1',
          bookedAt: '2024-05-31',
          capturedAt: '2024-05-31',
          birthYear: 1990,
          sex: 'F',
          chargeUcr: 'AGGRAVATED_ASSAULT',
          imageDigest: sha256Hex(image),
          enrolledAt: '2026-11-22T15:00:00.00Z',
          enrolledBy: 'acct_test',
          model: { id: 'fake-engine-1', sha256: gallery.deps.engine.model.sha256 },
        },
      },
    })
  })

  it('writes an entry of ids and digests about the booking', async () => {
    const { id, subject } = await gallery.enrol('PERSON:ada:1')
    expect((await gallery.entries()).at(-1)).toMatchObject({
      act: 'booking.enrolled',
      actor: 'acct_test',
      agency: 'agcy_test',
      about: id,
      facts: {
        source: gallery.source.id,
        subject,
        imageDigest: sha256Hex('PERSON:ada:1'),
        model: gallery.deps.engine.model.sha256,
      },
    })
  })

  it('gives the second photograph of a person to the same subject, under the same key', async () => {
    const first = await gallery.enrol('one', { personKey: 'ada', bookingNumber: 'B-1' })
    const second = await gallery.enrol('two', { personKey: 'ada', bookingNumber: 'B-2' })
    const other = await gallery.enrol('three', { personKey: 'bea', bookingNumber: 'B-3' })
    expect(second.subject).toBe(first.subject)
    expect(other.subject).not.toBe(first.subject)
    expect(await countAll(gallery)).toEqual([2, 3, 3, 2, 3, 4])
  })

  it('takes several photographs of one booking', async () => {
    const first = await gallery.enrol('front', { personKey: 'ada', bookingNumber: 'B-1' })
    const second = await gallery.enrol('side', { personKey: 'ada', bookingNumber: 'B-1' })
    expect([second.subject, second.bookingNumber]).toEqual([first.subject, first.bookingNumber])
  })

  it('enrols the same image once, and does not run the engine for it again', async () => {
    const first = await gallery.enrol('PERSON:ada:1')
    const before = await countAll(gallery)
    const again = await enrol({})
    expect(again).toEqual({ ok: true, value: { booking: first, state: 'already_enrolled' } })
    expect(gallery.deps.engine.counts.templates).toBe(1)
    expect(await countAll(gallery)).toEqual(before)
  })

  it('enrols the same image once when asked twice at the same time', async () => {
    const [one, two] = await Promise.all([enrol({}), enrol({})])
    const states = [one, two].map((outcome) => (outcome.ok ? outcome.value.state : outcome.problem.code))
    expect(states.sort()).toEqual(['already_enrolled', 'enrolled'])
    expect(await gallery.count('gallery_template')).toBe(1)
  })
})

describe('when enrolment breaks off', () => {
  it('leaves nothing half-written on a full disk, and works once there is room', async () => {
    const { deps } = gallery
    const before = await countAll(gallery)
    const full = new StoreError('disk_full', 'The disk is full.', 'Free space.')
    const blobs = { ...deps.store.blobs, put: () => Promise.reject(full) }
    const fullDeps = { ...deps, store: { ...deps.store, blobs } }
    const input = bookingInput(gallery.source.id, 'PERSON:ada:1')
    await expect(enrolBooking(fullDeps, custodian, input)).rejects.toBe(full)
    expect(await countAll(gallery)).toEqual(before)
    expect(await enrol({})).toMatchObject({ ok: true, value: { state: 'enrolled' } })
  })

  it('keeps no booking when its entry cannot be written', async () => {
    const before = await countAll(gallery)
    const deps = { ...gallery.deps, clock: { now: clockThatFailsAt(3) } }
    await expect(enrolBooking(deps, custodian, bookingInput(gallery.source.id, 'one'))).rejects.toThrow('no time')
    expect(await countAll(gallery)).toEqual(before)
  })
})

/** The clock is read to check days, to stamp the booking, and last for its entry. */
function clockThatFailsAt(reading: number): () => Date {
  let readings = 0
  return () => {
    readings += 1
    if (readings === reading) throw new Error('no time')
    return new Date('2026-11-22T15:00:00Z')
  }
}
