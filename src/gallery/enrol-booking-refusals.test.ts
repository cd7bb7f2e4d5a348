import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BookingInput } from './booking.ts'
import { enrolBooking } from './enrol-booking.ts'
import { actorWith, bookingInput, countAll, openTestGallery, type TestGallery } from './test-gallery.fixture.ts'

const custodian = actorWith('custodian')

let gallery: TestGallery

beforeAll(async () => {
  gallery = await openTestGallery()
})
afterAll(() => gallery.close())

const enrol = (input: Partial<BookingInput>, image = 'PERSON:ada:1') =>
  enrolBooking(gallery.deps, custodian, { ...bookingInput(gallery.source.id, image), ...input })

describe('enrolBooking refuses', () => {
  it.each<[Partial<BookingInput>, string]>([
    [{ bookedAt: '31.05.2024' }, 'booked_at_unusable'],
    [{ birthYear: 2007 }, 'juvenile_not_enrolled'],
    [{ source: 'src_00000000000000000099' }, 'source_unknown'],
  ])('%j before the engine runs, and logs it', async (change, code) => {
    const before = gallery.deps.engine.counts.templates
    const outcome = await enrol(change, 'refused')
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refusal', code, where: Object.keys(change)[0] } })
    expect(gallery.deps.engine.counts.templates).toBe(before)
    const source = change.source ?? gallery.source.id
    expect((await gallery.entries()).at(-1)).toMatchObject({ act: 'booking.refused', facts: { source, code } })
  })

  it('whoever is no custodian, and logs it', async () => {
    const outcome = await enrolBooking(gallery.deps, actorWith('examiner'), bookingInput(gallery.source.id, 'x'))
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'role_required' } })
    expect((await gallery.entries()).at(-1)).toMatchObject({ act: 'booking.refused', facts: { code: 'role_required' } })
  })

  it.each([
    ['', 'empty_file', 'failure'],
    ['NOFACE', 'no_face', 'failure'],
    ['BROKEN', 'unreadable_image', 'failure'],
    ['TWOFACES', 'many_faces', 'failure'],
  ])('the image %j as %s, with a sentence', async (image, code, kind) => {
    const before = await countAll(gallery)
    const outcome = await enrol({ bookingNumber: 'B', personKey: 'P', line: 7 }, image)
    expect(outcome).toMatchObject({ ok: false, problem: { kind, code, message: expect.stringMatching(/\.$/) } })
    expect((await gallery.entries()).at(-1)).toMatchObject({ act: 'booking.refused', facts: { code, line: 7 } })
    expect(await countAll(gallery)).toEqual([...before.slice(0, -1), (before.at(-1) ?? 0) + 1])
  })

  it('says of several faces that a booking photograph shows one person', async () => {
    const outcome = await enrol({}, 'TWOFACES')
    const problem = { message: expect.stringContaining('one person alone'), facts: { faces: 2 } }
    expect(outcome).toMatchObject({ ok: false, problem })
  })

  it('an image that is enrolled for somebody else', async () => {
    const first = await gallery.enrol('one', { personKey: 'ada', bookingNumber: 'B-1' })
    const outcome = await enrol({ personKey: 'bea', bookingNumber: 'B-2' }, 'one')
    const problem = { code: 'image_of_another_person', facts: { booking: first.id } }
    expect(outcome).toMatchObject({ ok: false, problem })
  })

  it('a booking number that is somebody else’s', async () => {
    await gallery.enrol('one', { personKey: 'ada', bookingNumber: 'B-1' })
    const outcome = await enrol({ personKey: 'bea', bookingNumber: 'B-1' }, 'two')
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'booking_of_another_person' } })
  })

  it('to put a stranger’s text into the log', async () => {
    await enrol({ source: 'Jane Roe, 12 Elm Street' })
    expect((await gallery.entries()).at(-1)?.facts).toEqual({ source: 'unknown', code: 'source_unknown' })
  })
})
