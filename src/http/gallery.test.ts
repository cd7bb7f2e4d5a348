import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillGallery } from './case.fixture.ts'
import { acts, ask, openTestDoor, send, type TestDoor, upload } from './door.fixture.ts'

let door: TestDoor
let source: string

beforeAll(async () => {
  door = await openTestDoor()
  source = await fillGallery(door)
})

afterAll(() => door.close())

const FIELDS = { bookingNumber: 'B-900', personKey: 'P-quin', bookedAt: '2025-02-01', capturedAt: '2025-02-01' }

function enrol(image: string, fields: Record<string, string> = {}) {
  return send(door, 'custodian', '/api/gallery/bookings', upload(image, { source, ...FIELDS, ...fields }))
}

describe('GET /api/gallery', () => {
  it('tells sources, counts and the model', async () => {
    const response = await ask(door, 'custodian', 'GET', '/api/gallery')
    expect(response.json()).toMatchObject({
      sources: [
        {
          id: source,
          name: 'County jail',
          class: 'county_booking',
          legalBasis: 'County ordinance 12',
          agencies: null,
          bookings: 4,
        },
      ],
      counts: { subjects: 4, bookings: 4 },
      model: { id: 'fake-engine-1', dimension: 512 },
    })
  })
})

describe('bookings', () => {
  it('come in pages, newest first', async () => {
    const first = (await ask(door, 'custodian', 'GET', '/api/gallery/bookings?limit=3')).json()
    expect(first.bookings).toHaveLength(3)
    const rest = (await ask(door, 'custodian', 'GET', `/api/gallery/bookings?limit=3&after=${first.next}`)).json()
    expect(rest.bookings).toHaveLength(1)
    expect(rest.next).toBeNull()
    const numbers = [...first.bookings, ...rest.bookings].map((one: { bookingNumber: string }) => one.bookingNumber)
    expect(numbers.sort()).toEqual(['B-0', 'B-1', 'B-2', 'B-3'])
  })

  it.each(['limit=0', 'limit=201', 'limit=x', 'colour=red'])('422 for ?%s', async (query) => {
    const response = await ask(door, 'custodian', 'GET', `/api/gallery/bookings?${query}`)
    expect(response.json()).toMatchObject({ status: 422, where: query.split('=')[0] })
  })

  it('have a photograph, for the custodian alone', async () => {
    const { bookings } = (await ask(door, 'custodian', 'GET', '/api/gallery/bookings')).json()
    const image = await ask(door, 'custodian', 'GET', bookings[0].imageUrl)
    expect(image.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' })
    expect((await ask(door, 'auditor', 'GET', bookings[0].imageUrl)).statusCode).toBe(403)
    expect((await ask(door, 'custodian', 'GET', '/api/gallery/bookings/bkg_none/image')).statusCode).toBe(404)
  })
})

describe('POST /api/gallery/bookings', () => {
  it('enrols once: the same photograph again gives the same booking', async () => {
    const first = await enrol('PERSON:quin:one', { sex: 'M', birthYear: '1988' })
    expect(first.statusCode).toBe(201)
    expect(first.json()).toMatchObject({
      state: 'enrolled',
      booking: { ...FIELDS, source, sex: 'M', birthYear: 1988, chargeUcr: null, model: 'fake-engine-1' },
    })
    const again = await enrol('PERSON:quin:one', { sex: 'M', birthYear: '1988' })
    expect(again.json()).toEqual({ booking: first.json().booking, state: 'already_enrolled' })
  })

  it('409 when the photograph belongs to somebody else', async () => {
    await enrol('PERSON:ruth:one', { personKey: 'P-ruth', bookingNumber: 'B-901' })
    const response = await enrol('PERSON:ruth:one', { personKey: 'P-other', bookingNumber: 'B-902' })
    expect(response.json()).toMatchObject({ code: 'image_of_another_person' })
    expect(response.statusCode).toBe(409)
  })

  it.each([
    ['bookedAt', { bookedAt: 'then' }],
    ['birthYear', { birthYear: 'old' }],
    ['sex', { sex: 'Q' }],
    ['source', { source: 'src_none' }],
    ['colour', { colour: 'red' }],
    ['personKey', { personKey: 'x'.repeat(201) }],
  ])('422 names the field %s', async (where, fields) => {
    const response = await enrol('PERSON:sam:one', fields as Record<string, string>)
    expect(response.statusCode).toBe(422)
    expect(response.json().where).toBe(where)
  })

  it('422 for a photograph without a face, and it is logged', async () => {
    const response = await enrol('NOFACE', { personKey: 'P-tess', bookingNumber: 'B-903' })
    expect(response.json()).toMatchObject({ status: 422, code: 'no_face' })
    expect((await acts(door)).at(-1)).toMatchObject({ act: 'booking.refused', facts: { code: 'no_face' } })
  })

  it('403 for everybody but the custodian', async () => {
    const body = upload('PERSON:uma:one', { source, ...FIELDS })
    const response = await send(door, 'supervisor', '/api/gallery/bookings', body)
    expect(response.json()).toMatchObject({ status: 403, code: 'role_required' })
  })
})
