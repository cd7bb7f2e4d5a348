import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, openTestDoor, type StaffName, type TestDoor } from './door.fixture.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

const REASON = { reason: 'A reason in words' }
const VERDICT = { verdict: 'excluded' }
const SIGNATURE = { conclusion: 'inconclusive', justification: 'Because.' }

/** Every route behind sign-in, with who holds none of its roles; null where every role may ask (the rooms then look at the record). */
const ROUTES: readonly (readonly [Method, string, StaffName | null, object?])[] = [
  ['GET', '/api/session', null],
  ['DELETE', '/api/session', null],
  ['GET', '/api/reference', null],
  ['GET', '/api/accounts', 'officer'],
  ['POST', '/api/accounts/acct_1/suspension', 'officer', { reason: 'on_leave' }],
  ['POST', '/api/probes', null],
  ['GET', '/api/probes/probe_1', null],
  ['GET', '/api/probes/probe_1/image', null],
  ['POST', '/api/requests', null],
  ['GET', '/api/requests', null],
  ['GET', '/api/requests/req_1', null],
  ['POST', '/api/requests/req_1/search', null],
  ['POST', '/api/requests/req_1/examinations', 'officer'],
  ['GET', '/api/requests/req_1/examination-record', null],
  ['GET', '/api/examinations', 'officer'],
  ['GET', '/api/examinations/exam_1', 'supervisor'],
  ['GET', '/api/examinations/exam_1/probe/image', 'supervisor'],
  ['GET', '/api/examinations/exam_1/candidates/cand_1/image', 'officer'],
  ['PUT', '/api/examinations/exam_1/verdicts/cand_1', 'officer', VERDICT],
  ['POST', '/api/examinations/exam_1/signature', 'officer', SIGNATURE],
  ['GET', '/api/leads', 'administrator'],
  ['GET', '/api/leads/lead_1', null],
  ['GET', '/api/leads/lead_1/probe/image', null],
  ['GET', '/api/leads/lead_1/images/cand_1', null],
  ['GET', '/api/leads/lead_1/sheet.pdf', null],
  ['POST', '/api/leads/lead_1/corroborations', 'first', corroboration()],
  ['POST', '/api/leads/lead_1/reliance', 'first', { corroboration: 'corr_1' }],
  ['GET', '/api/gallery', 'officer'],
  ['GET', '/api/gallery/bookings', 'officer'],
  ['GET', '/api/gallery/bookings/bkg_1/image', 'officer'],
  ['POST', '/api/gallery/bookings', null],
  ['GET', '/api/policy', null],
  ['POST', '/api/policy/moratorium', 'officer', REASON],
  ['DELETE', '/api/policy/moratorium', 'officer', REASON],
  ['GET', '/api/log', null],
  ['GET', '/api/log/entries', 'administrator'],
  ['GET', '/api/log/entries/0/proof', null],
  ['GET', '/api/log/export', 'officer'],
  ['POST', '/api/log/verification', 'custodian'],
]

function corroboration(): object {
  const kind = { type: 'dna', independentOfLead: true, derivedFromLead: false }
  return { ...kind, obtainedAt: '2026-11-20', reference: 'LAB-1' }
}

const CALLS = ROUTES.map(([method, url, who, payload]) => ({ method, url, who, payload }))

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor()
})

afterAll(() => door.close())

describe('without a session', () => {
  it.each(CALLS)('$method $url answers 401', async ({ method, url, payload }) => {
    const response = await ask(door, null, method, url, payload)
    expect(response.statusCode).toBe(401)
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(response.json().code).toBe('session_required')
  })

  it('a made-up token is none', async () => {
    for (const authorization of ['Bearer x', 'Bearer', 'Basic b2ZmaWNlcjp4', `Bearer ${'x'.repeat(500)}`]) {
      const response = await door.app.inject({ url: '/api/requests', headers: { authorization } })
      expect(response.statusCode).toBe(401)
    }
  })
})

describe('without the role', () => {
  it.each(CALLS.filter((call) => call.who !== null))('$method $url answers 403 to $who', async (call) => {
    const response = await ask(door, call.who, call.method, call.url, call.payload)
    expect(response.json()).toMatchObject({ status: 403, code: 'role_required' })
  })
})

describe('with a cookie and no header of the console', () => {
  it.each(CALLS.filter((call) => call.method !== 'GET'))(
    '$method $url answers 403',
    async ({ method, url, payload }) => {
      const cookies = { countenance_session: door.staff.officer.token }
      const response = await door.app.inject({ method, url, cookies, ...(payload === undefined ? {} : { payload }) })
      expect(response.json()).toMatchObject({ status: 403, code: 'console_header_required' })
    },
  )
})

describe('a record that is not there', () => {
  const NOT_THERE = CALLS.filter((call) => call.method === 'GET' && call.who === null && /_1/.test(call.url))

  it.each(NOT_THERE)('$method $url answers 404', async ({ method, url }) => {
    const response = await ask(door, 'officer', method, url)
    expect(response.json()).toMatchObject({ status: 404, code: 'not_found' })
  })
})
