import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fillGallery } from './case.fixture.ts'
import { acts, openTestDoor, type StaffName, type TestDoor } from './door.fixture.ts'

const BOUNDARY = 'x-test-boundary'

let door: TestDoor
let source: string

beforeAll(async () => {
  door = await openTestDoor()
  source = await fillGallery(door)
})

beforeEach(() => door.incidents.splice(0))

afterAll(() => door.close())

const file = (name: string, bytes: string) =>
  `content-disposition: form-data; name="${name}"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n${bytes}`
const field = (name: string, value: string, type = 'text/plain') =>
  `content-disposition: form-data; name="${name}"\r\ncontent-type: ${type}\r\n\r\n${value}`
const IMAGE = file('image', 'PERSON:mara:x')

function multipart(parts: readonly string[]): string {
  return `${parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`).join('')}--${BOUNDARY}--\r\n`
}

function post(who: StaffName, url: string, payload: string, type = `multipart/form-data; boundary=${BOUNDARY}`) {
  const headers = { authorization: `Bearer ${door.staff[who].token}`, 'content-type': type }
  return door.app.inject({ method: 'POST', url, payload, headers })
}

const enrolment = () => [
  ...[field('source', source), field('bookingNumber', 'B-900'), field('personKey', 'P-quin')],
  ...[field('bookedAt', '2025-02-01'), field('capturedAt', '2025-02-01')],
]

describe('an upload of a photograph', () => {
  it.each([
    ['two files', [IMAGE, IMAGE], 413, 'too_many_files', undefined],
    ['a file of another name', [file('photo', 'PERSON:mara:x')], 422, 'input_invalid', 'photo'],
    ['a field beside it', [IMAGE, field('account', 'acct_1')], 422, 'input_invalid', 'account'],
    ['a field named image', [field('image', 'PERSON:mara:x')], 422, 'image_missing', 'image'],
    ['the same field twice', [IMAGE, field('a', '1'), field('a', '2')], 422, 'field_repeated', 'a'],
    ['a field of 5,000 bytes', [field('a', 'x'.repeat(5000)), IMAGE], 413, 'field_too_long', 'a'],
    [
      '25 fields',
      [...Array.from({ length: 25 }, (_, n) => field(`f${n}`, 'x')), IMAGE],
      413,
      'too_many_fields',
      undefined,
    ],
    ['a field of JSON', [field('a', '{"b":1}', 'application/json'), IMAGE], 422, 'input_invalid', 'a'],
    ['a field named like a prototype', [field('__proto__', 'x'), IMAGE], 400, 'body_unreadable', undefined],
    ['nothing at all', [], 422, 'image_missing', 'image'],
  ] as const)('%s is refused', async (_name, parts, status, code, where) => {
    const answer = await post('officer', '/api/probes', multipart(parts))
    expect(answer.json()).toMatchObject({ status, code, ...(where === undefined ? {} : { where }) })
    expect(door.incidents).toEqual([])
  })

  it.each([
    ['cut off in the file', multipart([IMAGE]).slice(0, -40)],
    ['cut off in a header', `--${BOUNDARY}\r\ncontent-disposition: form`],
    ['not multipart', 'PERSON:mara:x'],
  ])('%s is refused, and no probe is kept', async (_name, payload) => {
    const before = (await acts(door)).length
    const answer = await post('officer', '/api/probes', payload)
    expect(answer.json()).toMatchObject({ status: 400, code: 'body_unreadable' })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(await acts(door)).toHaveLength(before)
    expect(door.incidents).toEqual([])
  })

  it.each(['multipart/form-data', 'application/json', 'image/jpeg', 'text/plain'])(
    'as %s without a boundary is refused',
    async (type) => {
      const answer = await post('officer', '/api/probes', multipart([IMAGE]), type)
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      expect(answer.statusCode).toBeLessThan(500)
      expect(door.incidents).toEqual([])
    },
  )
})

describe('the fields of an enrolment', () => {
  it.each([
    ['personKey', 'x'.repeat(2001)],
    ['bookingNumber', ''],
    ['bookedAt', '2025-02-31'],
    ['capturedAt', 'yesterday'],
    ['birthYear', '1e9'],
    ['birthYear', 'x'],
    ['sex', 'female'],
    ['source', "'; drop table booking; --"],
    ['personKey', 'a\u0000b'],
    ['bookingNumber', '\u0000'],
    ['admin', 'true'],
  ])('%s=%j is refused and named', async (name, value) => {
    const parts = enrolment().filter((part) => !part.includes(`name="${name}"`))
    const answer = await post('custodian', '/api/gallery/bookings', multipart([...parts, field(name, value), IMAGE]))
    expect(answer.json()).toMatchObject({ status: 422, where: name })
    expect(door.incidents).toEqual([])
  })

  it('may come after the file, and once each', async () => {
    const answer = await post(
      'custodian',
      '/api/gallery/bookings',
      multipart([file('image', 'PERSON:quin:1'), ...enrolment()]),
    )
    expect(answer.statusCode).toBe(201)
    const twice = multipart([...enrolment(), field('personKey', 'P-other'), IMAGE])
    expect((await post('custodian', '/api/gallery/bookings', twice)).json()).toMatchObject({ code: 'field_repeated' })
  })
})
