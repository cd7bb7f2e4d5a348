import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acts, ask, openTestDoor, type StaffName, send, type TestDoor, upload } from './door.fixture.ts'
import { addressOf, BODIES, type Operation, operationsOf } from './routes.fixture.ts'

/** Ids that are none: SQL, paths, templates, too much, nothing to print. */
const HOSTILE_IDS = [
  "x' or '1'='1",
  "'; drop table account; --",
  '../../../etc/passwd',
  '..\\..\\boot.ini',
  '%00',
  'a\u0000b',
  'a b',
  'a\nb',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'ｒｅｑ＿１',
  '\u202Ereq',
  'x'.repeat(81),
  'x'.repeat(5000),
  '-1',
  '1e309',
  'null',
]

/** What may stand where text or a number belongs. */
const HOSTILE_VALUES: readonly unknown[] = [
  ...[null, true, -1, 1e308, Number.MAX_SAFE_INTEGER + 2, 0.1, [], {}, [[]], { $ne: null }, ['x']],
  ...['\u0000', 'a\u0000b', '\ud800', "'; drop table account; --", '../../etc/passwd', '\u202E', '9'.repeat(400)],
  ...['x'.repeat(2500), 'x'.repeat(12_000), '', ' '],
]

/** Bodies that are no object of the contract at all. */
const HOSTILE_BODIES = ['null', '[]', '"text"', '7', 'true', '{}', '{"__proto__":{"roles":["auditor"]}}', '{"a":']

/** Somebody whom every operation of this kind gets past the role check. */
function asker(name: string): StaffName {
  if (/examination|verdicts|signature/.test(name)) return 'first'
  if (/accounts|moratorium|certificates|log|release/.test(name)) return 'supervisor'
  return name.includes('gallery') ? 'custodian' : 'officer'
}

let door: TestDoor
let operations: readonly Operation[]

beforeAll(async () => {
  door = await openTestDoor()
  operations = await operationsOf(door)
})

beforeEach(() => door.incidents.splice(0))

afterAll(() => door.close())

type Answer = Awaited<ReturnType<typeof ask>>

/** Every refusal is a problem that the description tells of; nothing is an incident; nothing inner comes out. */
function expectRefusal(operation: Operation, answer: Answer, what: string): void {
  const about = `${operation.name} ${what.slice(0, 60)}: ${answer.body.slice(0, 200)}`
  expect(answer.statusCode, about).toBeGreaterThanOrEqual(400)
  expect(answer.statusCode, about).toBeLessThan(500)
  expectToldProblem(operation, answer, about)
}

function expectToldProblem(operation: Operation, answer: Answer, about: string): void {
  expect(operation.statuses, about).toContain(answer.statusCode)
  expect(answer.headers['content-type'], about).toContain('application/problem+json')
  expect(answer.json().code, about).toMatch(/^[a-z_]+$/)
  expect(answer.body, about).not.toMatch(/\bselect\b|syntax error|invalid byte|\.ts:\d|node_modules|argon2/i)
}

describe('an address with an id that is none', () => {
  const named = HOSTILE_IDS.map((id) => ({ id, shown: id.slice(0, 30) }))

  it.each(named)('$shown is refused by every operation with a place for it', async ({ id }) => {
    const placed = operations.filter((operation) => operation.path.includes('{') && !operation.multipart)
    expect(placed.length).toBeGreaterThan(20)
    const before = (await acts(door)).length
    for (const operation of placed) {
      const url = addressOf(operation.path, { id, candidate: id, seq: id })
      const answer = await ask(door, asker(operation.name), operation.method, url, BODIES[operation.name])
      expectRefusal(operation, answer, id)
    }
    expect(door.incidents).toEqual([])
    const known = ['record.withheld']
    expect((await acts(door)).slice(before).filter((entry) => !known.includes(entry.act))).toEqual([])
  })

  it.each([
    'limit=1e9',
    'limit=-1',
    'limit=NaN',
    "about='--",
    'about=%00',
    'before=9e99',
    'before[]=1',
    'x=1',
    'limit=1&limit=2',
  ])('GET /api/log/entries?%s is refused', async (query) => {
    const answer = await ask(door, 'auditor', 'GET', `/api/log/entries?${query}`)
    expect(answer.json()).toMatchObject({ status: 422, code: 'input_invalid' })
  })
})

describe('a body with something else in a field', () => {
  const names = Object.keys(BODIES)

  it.each(names)('%s never fails, and says what it refuses', async (name) => {
    const operation = operations.find((one) => one.name === name)
    if (operation === undefined) throw new Error(`There is no operation ${name}.`)
    expect(operation.fields.length).toBeGreaterThan(0)
    for (const field of operation.fields) {
      for (const value of HOSTILE_VALUES) {
        const who = operation.open ? null : asker(name)
        const payload = { ...BODIES[name], [field]: value }
        const answer = await ask(door, who, operation.method, addressOf(operation.path), payload)
        const about = `${name} ${field}=${JSON.stringify(value)?.slice(0, 40)}: ${answer.body.slice(0, 200)}`
        expect(answer.statusCode, about).toBeLessThan(500)
        if (answer.statusCode >= 400) expectToldProblem(operation, answer, about)
      }
    }
    expect(door.incidents).toEqual([])
  })

  it.each(names)('%s refuses a field that is not in the contract, and names it', async (name) => {
    const operation = operations.find((one) => one.name === name)
    if (operation === undefined) throw new Error(`There is no operation ${name}.`)
    const payload = { ...BODIES[name], admin: true }
    const who = operation.open ? null : asker(name)
    const answer = await ask(door, who, operation.method, addressOf(operation.path), payload)
    expect(answer.json()).toMatchObject({ status: 422, code: 'input_invalid', where: 'admin' })
  })

  it.each(names)('%s refuses a body that is no object of the contract', async (name) => {
    const operation = operations.find((one) => one.name === name)
    if (operation === undefined) throw new Error(`There is no operation ${name}.`)
    const token = operation.open ? {} : { authorization: `Bearer ${door.staff[asker(name)].token}` }
    const url = addressOf(operation.path)
    for (const payload of ['', ...HOSTILE_BODIES]) {
      const headers = { ...token, 'content-type': 'application/json' }
      const answer = await door.app.inject({ method: operation.method, url, payload, headers })
      expectRefusal(operation, answer, payload)
    }
    const untyped = await door.app.inject({ method: operation.method, url, headers: token })
    expectRefusal(operation, untyped, 'no body')
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'x/y']) {
      const headers = { ...token, 'content-type': type }
      const answer = await door.app.inject({ method: operation.method, url, payload: 'a=1', headers })
      expectRefusal(operation, answer, type)
    }
  })
})

describe('a text longer than its room keeps', () => {
  const LONG = 'x'.repeat(4500)
  const form = BODIES['POST /api/requests']

  it.each([
    ['supervisor', 'POST', '/api/policy/moratorium', 422, 'text_too_long', { reason: LONG }],
    ['supervisor', 'POST', `/api/accounts/none_1/certificates`, 422, 'text_too_long', { course: 'x'.repeat(101) }],
  ] as const)('%s %s %s: %i %s', async (who, method, url, status, code, changes) => {
    const base = url.endsWith('certificates') ? BODIES['POST /api/accounts/{id}/certificates'] : {}
    const answer = await ask(door, who, method, url, { ...base, ...changes })
    expect(answer.json()).toMatchObject({ status, code })
  })

  it.each([
    ['caseNumber', { caseNumber: 'x'.repeat(1900) }],
    ['crimeStatute', { crimeStatute: 'x'.repeat(1900) }],
    ['otherMeansTried', { otherMeansTried: LONG }],
    ['conflictNote', { conflictDeclared: true, conflictNote: LONG }],
    ['predicate.narrative', { predicate: { level: 'reasonable_suspicion', narrative: LONG } }],
    ['acquisition.from', { acquisition: { basis: 'consent', from: 'x'.repeat(1900) } }],
  ])('of a request is refused by intake, which names %s', async (where, changes) => {
    const probe = (await send(door, 'officer', '/api/probes', upload('PERSON:mara:probe'))).json().id
    const answer = await ask(door, 'officer', 'POST', '/api/requests', { ...form, probe, ...changes })
    expect(answer.json()).toMatchObject({ status: 422, code: 'text_too_long', where })
  })
})
