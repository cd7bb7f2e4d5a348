import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../access/index.ts'
import { acts, openTestDoor, type TestDoor } from './door.fixture.ts'
import { HOLDERS, type Operation, operationsOf, perform } from './routes.fixture.ts'

/** I investigator, E examiner, S supervisor, C custodian, A auditor, M administrator: who may ask at all. */
const MAY: Readonly<Record<string, string>> = {
  'GET /api/session': 'IESCAM',
  'DELETE /api/session': 'IESCAM',
  'PUT /api/session/password': 'IESCAM',
  'GET /api/reference': 'IESCAM',
  'GET /api/accounts': 'SAM',
  'POST /api/accounts/{id}/suspension': 'SM',
  'POST /api/accounts/{id}/release': 'M',
  'POST /api/accounts/{id}/certificates': 'S',
  'POST /api/certificates/{id}/revocation': 'S',
  // Anybody may hand in and file; policy then asks for the certificate, and refuses administrators.
  'POST /api/probes': 'IESCAM',
  'GET /api/probes/{id}': 'IESCAM',
  'GET /api/probes/{id}/image': 'IESCAM',
  'POST /api/requests': 'IESCAM',
  'GET /api/requests': 'IESCAM',
  'GET /api/requests/{id}': 'IESCAM',
  'POST /api/requests/{id}/search': 'IESCAM',
  'POST /api/requests/{id}/examinations': 'E',
  'GET /api/requests/{id}/examination-record': 'IESA',
  'GET /api/examinations': 'E',
  'GET /api/examinations/{id}': 'E',
  'GET /api/examinations/{id}/probe/image': 'E',
  'GET /api/examinations/{id}/candidates/{candidate}/image': 'E',
  'PUT /api/examinations/{id}/verdicts/{candidate}': 'E',
  'POST /api/examinations/{id}/signature': 'E',
  'POST /api/examinations/{id}/release': 'ES',
  'GET /api/leads': 'IESA',
  'GET /api/leads/{id}': 'IESA',
  'GET /api/leads/{id}/probe/image': 'IESA',
  'GET /api/leads/{id}/images/{candidate}': 'IESA',
  'GET /api/leads/{id}/sheet.pdf': 'IESA',
  'POST /api/leads/{id}/corroborations': 'IS',
  'POST /api/leads/{id}/reliance': 'IS',
  'GET /api/gallery': 'SCAM',
  'GET /api/gallery/bookings': 'CA',
  'POST /api/gallery/bookings': 'C',
  'GET /api/gallery/bookings/{id}/image': 'C',
  'GET /api/policy': 'IESCAM',
  'POST /api/policy/moratorium': 'SM',
  'DELETE /api/policy/moratorium': 'SM',
  'GET /api/model': 'IESCAM',
  'GET /api/model/changes': 'SAM',
  'POST /api/model/changes': 'M',
  'POST /api/model/changes/{id}/approval': 'SM',
  'POST /api/model/changes/{id}/rejection': 'SM',
  'GET /api/log': 'IESCAM',
  'GET /api/log/entries': 'SA',
  'GET /api/log/entries/{seq}/proof': 'IESCAM',
  'GET /api/log/export': 'SA',
  'POST /api/log/verification': 'SA',
}

const LETTERS = {
  ...{ investigator: 'I', examiner: 'E', supervisor: 'S', custodian: 'C', auditor: 'A', administrator: 'M' },
} as const satisfies Record<Role, string>

const CALLS = Object.entries(MAY).flatMap(([name, letters]) =>
  (Object.keys(HOLDERS) as Role[]).map((role) => ({ name, role, may: letters.includes(LETTERS[role]) })),
)

/** What is left of an act that was not done. */
const REFUSAL = /\.(refused|withheld)$/

let door: TestDoor
let operations: readonly Operation[]

beforeAll(async () => {
  door = await openTestDoor()
  operations = await operationsOf(door)
})

beforeEach(() => door.incidents.splice(0))

afterAll(() => door.close())

it('the table names every operation behind sign-in', () => {
  const named = operations.filter((operation) => !operation.open).map((operation) => operation.name)
  expect(Object.keys(MAY).sort()).toEqual([...named].sort())
})

function operationNamed(name: string): Operation {
  const operation = operations.find((one) => one.name === name)
  if (operation === undefined) throw new Error(`There is no operation ${name}.`)
  return operation
}

describe('who may', () => {
  // Signing out would end the session that the other rows need; `session.test.ts` does it.
  it.each(CALLS.filter((call) => call.may && call.name !== 'DELETE /api/session'))('$role: $name', async (call) => {
    const operation = operationNamed(call.name)
    const response = await perform(door, HOLDERS[call.role], operation)
    expect([200, ...operation.statuses]).toContain(response.statusCode)
    expect(response.statusCode).not.toBe(401)
    if (response.statusCode >= 400) expect(response.json().code).not.toBe('role_required')
    expect(door.incidents).toEqual([])
  })
})

describe('who may not', () => {
  it.each(CALLS.filter((call) => !call.may))('$role: $name', async ({ name, role }) => {
    const before = (await acts(door)).length
    const response = await perform(door, HOLDERS[role], operationNamed(name))
    expect(response.json()).toMatchObject({ status: 403, code: 'role_required', facts: { held: [role] } })
    expect(response.json().facts.required).not.toContain(role)
    const done = (await acts(door)).slice(before).map((entry) => entry.act)
    expect(done.filter((act) => !REFUSAL.test(act))).toEqual([])
  })
})
