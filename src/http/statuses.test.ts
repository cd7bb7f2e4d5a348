import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreError } from '../store/index.ts'
import { fillGallery, form, issuedLead, probeOf, searchedRequest } from './case.fixture.ts'
import { createServer } from './create-server.ts'
import { ask, openTestDoor, type StaffName, send, signInAs, type TestDoor, upload } from './door.fixture.ts'
import { attachReport } from './model-report.fixture.ts'
import { addressOf, BODIES, type Operation, operationsOf, perform } from './routes.fixture.ts'

/** A case in every stage, so that every documented answer can be had from somewhere. */
interface Case {
  readonly source: string
  readonly booking: string
  readonly probe: string
  readonly lead: string
  readonly led: string
  readonly candidate: string
  readonly exam: string
  readonly examCandidate: string
  readonly signed: string
  readonly certificate: string
  readonly corroboration: string
}

let door: TestDoor
let operations: readonly Operation[]
let kept: Case

beforeAll(async () => {
  door = await openTestDoor()
  operations = await operationsOf(door)
  kept = await prepare()
})

afterAll(() => door.close())

type Answer = Awaited<ReturnType<typeof ask>>

async function json(answer: Promise<Answer>) {
  const response = await answer
  if (response.statusCode >= 400) throw new Error(response.body)
  return response.json()
}

async function prepare(): Promise<Case> {
  const source = await fillGallery(door)
  const { request: led, lead } = await issuedLead(door)
  const page = await json(ask(door, 'supervisor', 'GET', `/api/leads/${lead}`))
  const record = await json(ask(door, 'supervisor', 'GET', `/api/requests/${led}/examination-record`))
  const view = await json(ask(door, 'third', 'POST', `/api/requests/${await searchedRequest(door)}/examinations`))
  const { bookings } = await json(ask(door, 'custodian', 'GET', '/api/gallery/bookings'))
  const account = door.staff.uncertified.actor.account
  const course = BODIES['POST /api/accounts/{id}/certificates']
  const certificate = await json(ask(door, 'supervisor', 'POST', `/api/accounts/${account}/certificates`, course))
  const evidence = { ...BODIES['POST /api/leads/{id}/corroborations'], independentOfLead: false, derivedFromLead: true }
  const derived = await json(ask(door, 'officer', 'POST', `/api/leads/${lead}/corroborations`, evidence))
  return {
    ...{ source, lead, led, candidate: page.candidate.id, certificate: certificate.id, corroboration: derived.id },
    probe: page.probe.imageUrl === '' ? '' : await probeOf(door, 'officer', 'PERSON:mara:probe'),
    booking: bookings[0].id,
    exam: view.id,
    examCandidate: view.candidates[0].id,
    signed: record.examinations[0].id,
  }
}

function answers(who: StaffName, name: string, places: Record<string, string> = {}, body?: object): Promise<Answer> {
  const operation = operationNamed(name)
  return ask(door, who, operation.method, addressOf(operation.path, places), body ?? BODIES[name])
}

function operationNamed(name: string): Operation {
  const operation = operations.find((one) => one.name === name)
  if (operation === undefined) throw new Error(`There is no operation ${name}.`)
  return operation
}

const accountOf = (who: StaffName) => ({ id: door.staff[who].actor.account })
const booking = { bookingNumber: 'B-7', personKey: 'P-mara', bookedAt: '2025-02-01', capturedAt: '2025-02-01' }
const enrol = (image: string, changes: object = {}) =>
  send(door, 'custodian', '/api/gallery/bookings', upload(image, { source: kept.source, ...booking, ...changes }))

async function lock(username: string): Promise<void> {
  const payload = { username, password: 'wrong', acknowledged: true }
  for (let turn = 0; turn < 5; turn += 1) await door.app.inject({ method: 'POST', url: '/api/session', payload })
}

/** A search of a request that is permitted and not yet searched. */
async function search(): Promise<Answer> {
  const filed = await json(ask(door, 'officer', 'POST', '/api/requests', form(kept.probe)))
  return answers('officer', 'POST /api/requests/{id}/search', { id: filed.request.id })
}

/** What went well, in an order that lets every row find what it needs. */
const GOOD: Readonly<Record<string, () => Promise<Answer>>> = {
  'GET /health': () => ask(door, null, 'GET', '/health'),
  'GET /api/welcome': () => ask(door, null, 'GET', '/api/welcome'),
  'POST /api/session': () => ask(door, null, 'POST', '/api/session', BODIES['POST /api/session']),
  'GET /api/session': () => answers('officer', 'GET /api/session'),
  'GET /api/reference': () => answers('officer', 'GET /api/reference'),
  'GET /api/accounts': () => answers('auditor', 'GET /api/accounts'),
  'POST /api/accounts/{id}/release': () =>
    lock('neighbourless')
      .then(() => lock('uncertified'))
      .then(() => answers('administrator', 'POST /api/accounts/{id}/release', accountOf('uncertified'))),
  'POST /api/accounts/{id}/certificates': () =>
    answers('supervisor', 'POST /api/accounts/{id}/certificates', accountOf('uncertified')),
  'POST /api/certificates/{id}/revocation': () =>
    answers('supervisor', 'POST /api/certificates/{id}/revocation', { id: kept.certificate }),
  'POST /api/probes': () => send(door, 'officer', '/api/probes', upload('PERSON:mara:x')),
  'GET /api/probes/{id}': () => answers('officer', 'GET /api/probes/{id}', { id: kept.probe }),
  'GET /api/probes/{id}/image': () => answers('officer', 'GET /api/probes/{id}/image', { id: kept.probe }),
  'POST /api/requests': () => ask(door, 'officer', 'POST', '/api/requests', form(kept.probe)),
  'GET /api/requests': () => answers('officer', 'GET /api/requests'),
  'GET /api/requests/{id}': () => answers('officer', 'GET /api/requests/{id}', { id: kept.led }),
  'POST /api/requests/{id}/search': search,
  'POST /api/requests/{id}/examinations': () =>
    searchedRequest(door).then((id) => answers('first', 'POST /api/requests/{id}/examinations', { id })),
  'GET /api/requests/{id}/examination-record': () =>
    answers('supervisor', 'GET /api/requests/{id}/examination-record', { id: kept.led }),
  'GET /api/examinations': () => answers('third', 'GET /api/examinations'),
  'GET /api/examinations/{id}': () => answers('third', 'GET /api/examinations/{id}', { id: kept.exam }),
  'GET /api/examinations/{id}/probe/image': () =>
    answers('third', 'GET /api/examinations/{id}/probe/image', { id: kept.exam }),
  'GET /api/examinations/{id}/candidates/{candidate}/image': () =>
    answers('third', 'GET /api/examinations/{id}/candidates/{candidate}/image', examPlaces()),
  'PUT /api/examinations/{id}/verdicts/{candidate}': () =>
    answers('third', 'PUT /api/examinations/{id}/verdicts/{candidate}', examPlaces()),
  'POST /api/examinations/{id}/signature': () => sign('first'),
  'POST /api/examinations/{id}/release': () =>
    answers('third', 'POST /api/examinations/{id}/release', { id: kept.exam }),
  'GET /api/leads': () => answers('officer', 'GET /api/leads'),
  'GET /api/leads/{id}': () => answers('officer', 'GET /api/leads/{id}', { id: kept.lead }),
  'GET /api/leads/{id}/probe/image': () => answers('officer', 'GET /api/leads/{id}/probe/image', { id: kept.lead }),
  'GET /api/leads/{id}/images/{candidate}': () =>
    answers('officer', 'GET /api/leads/{id}/images/{candidate}', { id: kept.lead, candidate: kept.candidate }),
  'POST /api/leads/{id}/corroborations': () =>
    answers('officer', 'POST /api/leads/{id}/corroborations', { id: kept.lead }),
  'POST /api/leads/{id}/reliance': async () => {
    const { id } = await json(answers('officer', 'POST /api/leads/{id}/corroborations', { id: kept.lead }))
    return answers('officer', 'POST /api/leads/{id}/reliance', { id: kept.lead }, { corroboration: id })
  },
  'GET /api/gallery': () => answers('custodian', 'GET /api/gallery'),
  'GET /api/gallery/bookings': () => answers('custodian', 'GET /api/gallery/bookings'),
  'GET /api/gallery/bookings/{id}/image': () =>
    answers('custodian', 'GET /api/gallery/bookings/{id}/image', { id: kept.booking }),
  'POST /api/gallery/bookings': () => enrol('PERSON:mara:second'),
  'GET /api/policy': () => answers('officer', 'GET /api/policy'),
  'POST /api/policy/moratorium': () => answers('supervisor', 'POST /api/policy/moratorium'),
  'DELETE /api/policy/moratorium': () => answers('supervisor', 'DELETE /api/policy/moratorium'),
  'GET /api/model': () => answers('officer', 'GET /api/model'),
  'GET /api/model/changes': () => answers('auditor', 'GET /api/model/changes'),
  'POST /api/model/changes': () => proposeFloor(0.4),
  'POST /api/model/changes/{id}/approval': () =>
    proposal().then((id) => answers('supervisor', 'POST /api/model/changes/{id}/approval', { id })),
  'POST /api/model/changes/{id}/rejection': () =>
    proposal().then((id) => answers('supervisor', 'POST /api/model/changes/{id}/rejection', { id })),
  'GET /api/log': () => answers('officer', 'GET /api/log'),
  'GET /api/log/entries': () => answers('auditor', 'GET /api/log/entries'),
  'GET /api/log/entries/{seq}/proof': () => answers('officer', 'GET /api/log/entries/{seq}/proof'),
  'GET /api/log/export': () => answers('auditor', 'GET /api/log/export'),
  'POST /api/log/verification': () => answers('auditor', 'POST /api/log/verification'),
  'PUT /api/session/password': () =>
    answers(
      'neighbour',
      'PUT /api/session/password',
      {},
      {
        ...{ oldPassword: 'a long enough phrase', newPassword: 'another phrase that is long' },
      },
    ),
  'POST /api/accounts/{id}/suspension': () =>
    answers('supervisor', 'POST /api/accounts/{id}/suspension', accountOf('uncertified')),
  'DELETE /api/session': () => answers('neighbourSupervisor', 'DELETE /api/session'),
}

async function proposeFloor(similarityFloor: number): Promise<Answer> {
  const evaluation = await attachReport(door)
  const model = door.deps.engine.model.sha256
  return answers('administrator', 'POST /api/model/changes', {}, { model, similarityFloor, evaluation })
}

/** The newest proposal. */
async function proposal(): Promise<string> {
  const { proposals } = await json(answers('auditor', 'GET /api/model/changes'))
  return proposals[0].id
}

const examPlaces = () => ({ id: kept.exam, candidate: kept.examCandidate })

async function sign(who: StaffName): Promise<Answer> {
  const view = await json(answers(who, 'POST /api/requests/{id}/examinations', { id: await searchedRequest(door) }))
  for (const { id: candidate } of view.candidates) {
    await answers(who, 'PUT /api/examinations/{id}/verdicts/{candidate}', { id: view.id, candidate })
  }
  return answers(who, 'POST /api/examinations/{id}/signature', { id: view.id })
}

/** States that do not allow the act. They come after `GOOD`. */
const CONFLICTS: Readonly<Record<string, () => Promise<Answer>>> = {
  'POST /api/accounts/{id}/suspension': () =>
    answers('supervisor', 'POST /api/accounts/{id}/suspension', accountOf('uncertified')),
  'POST /api/accounts/{id}/release': () =>
    answers('administrator', 'POST /api/accounts/{id}/release', accountOf('officer')),
  'POST /api/certificates/{id}/revocation': () =>
    answers('supervisor', 'POST /api/certificates/{id}/revocation', { id: kept.certificate }),
  'POST /api/requests/{id}/search': () => answers('officer', 'POST /api/requests/{id}/search', { id: kept.led }),
  'POST /api/requests/{id}/examinations': () =>
    answers('third', 'POST /api/requests/{id}/examinations', { id: kept.led }),
  'PUT /api/examinations/{id}/verdicts/{candidate}': () =>
    answers('first', 'PUT /api/examinations/{id}/verdicts/{candidate}', { id: kept.signed, candidate: kept.candidate }),
  'POST /api/examinations/{id}/signature': () =>
    answers('first', 'POST /api/examinations/{id}/signature', { id: kept.signed }),
  'POST /api/examinations/{id}/release': () =>
    answers('first', 'POST /api/examinations/{id}/release', { id: kept.signed }),
  'POST /api/leads/{id}/reliance': () =>
    answers('officer', 'POST /api/leads/{id}/reliance', { id: kept.lead }, { corroboration: kept.corroboration }),
  'POST /api/gallery/bookings': () => enrol('PERSON:mara:second', { personKey: 'P-nell', bookingNumber: 'B-8' }),
  'POST /api/policy/moratorium': () =>
    answers('supervisor', 'POST /api/policy/moratorium').then(() =>
      answers('supervisor', 'POST /api/policy/moratorium'),
    ),
  'DELETE /api/policy/moratorium': () =>
    answers('supervisor', 'DELETE /api/policy/moratorium').then(() =>
      answers('supervisor', 'DELETE /api/policy/moratorium'),
    ),
  'POST /api/model/changes': () => proposeFloor(door.deps.builtInFloor),
  'POST /api/model/changes/{id}/approval': () =>
    proposal().then((id) => answers('supervisor', 'POST /api/model/changes/{id}/approval', { id })),
  'POST /api/model/changes/{id}/rejection': () =>
    proposal().then((id) => answers('supervisor', 'POST /api/model/changes/{id}/rejection', { id })),
}

/** Somebody who may ask for it. */
function asker(name: string): StaffName {
  if (name.includes('/model/changes')) return 'administrator'
  if (/PUT .*verdicts|signature|\/examinations/.test(name) && !name.includes('record')) return 'first'
  if (name.endsWith('/release')) return 'administrator'
  if (/accounts|certificates|moratorium|log/.test(name)) return 'supervisor'
  return name.includes('gallery') ? 'custodian' : 'officer'
}

/** A door whose storage throws, from the given transaction on. */
async function brokenDoor(error: unknown, from: number) {
  let transactions = 0
  const count = () => {
    transactions += 1
    if (transactions > from) throw error
  }
  const store: typeof door.store = Object.create(door.store)
  store.transaction = async (scope, work) => {
    count()
    return door.store.transaction(scope, work)
  }
  store.act = async (scope, work) => {
    count()
    return door.store.act(scope, work)
  }
  const checkpoint = () => Promise.reject(error)
  // biome-ignore lint/correctness/useYield: it fails before its first line.
  const exportLog = async function* (): AsyncGenerator<string> {
    throw error
  }
  const log = { ...door.deps.log, checkpoint, proof: checkpoint, entries: checkpoint, verify: checkpoint, exportLog }
  return { ...door, app: await createServer({ ...door.deps, store, log }) }
}

async function performBroken(operation: Operation, error: unknown, url = addressOf(operation.path)): Promise<Answer> {
  const broken = await brokenDoor(error, operation.open ? 0 : 1)
  const answer = await perform(broken, operation.open ? null : asker(operation.name), operation, url)
  await broken.app.close()
  return answer
}

const headersOf = (operation: Operation) =>
  operation.open ? {} : { authorization: `Bearer ${door.staff[asker(operation.name)].token}` }

function raw(operation: Operation, type: string, payload: string | Buffer): Promise<Answer> {
  const headers = { ...headersOf(operation), 'content-type': type }
  return door.app.inject({ method: operation.method, url: addressOf(operation.path), payload, headers })
}

/** How to come by each refusal. */
const REFUSED: Readonly<Record<number, (operation: Operation) => Promise<Answer>>> = {
  400: (operation) =>
    operation.multipart
      ? raw(
          operation,
          'multipart/form-data; boundary=x',
          '--x\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--\r\n',
        )
      : raw(operation, 'application/json', '{"a":'),
  401: (operation) =>
    operation.open
      ? ask(door, null, 'POST', '/api/session', { ...BODIES[operation.name], password: 'wrong' })
      : perform(door, null, operation),
  403: forbidden,
  404: (operation) => answers(asker(operation.name), operation.name, { seq: '999999' }),
  409: (operation) => (CONFLICTS[operation.name] ?? missing(operation, 409))(),
  413: (operation) =>
    operation.multipart
      ? send(door, asker(operation.name), addressOf(operation.path), upload('x', {}, 2))
      : raw(operation, 'application/json', JSON.stringify({ x: 'x'.repeat(300_000) })),
  415: (operation) => raw(operation, 'text/xml', '<a/>'),
  422: unusable,
  429: (operation) => tooOften(operation),
  500: (operation) => performBroken(operation, new Error('inner words')),
  503: (operation) => performBroken(operation, new StoreError('database_unavailable', 'inner words', 'inner')),
  507: fullDisk,
}

function missing(operation: Operation, status: number): () => Promise<Answer> {
  return () => Promise.reject(new Error(`Nothing here makes ${operation.name} answer ${status}.`))
}

async function forbidden(operation: Operation): Promise<Answer> {
  if (operation.open) {
    await lock('nobody.at.all')
    return ask(door, null, 'POST', '/api/session', { ...BODIES[operation.name], username: 'nobody.at.all' })
  }
  if (operation.method === 'GET')
    return perform(door, operation.name.includes('gallery') ? 'officer' : 'administrator', operation).then((answer) =>
      answer.statusCode === 403 ? answer : perform(door, 'custodian', operation),
    )
  const cookies = { countenance_session: door.staff.officer.token }
  return door.app.inject({ method: operation.method, url: addressOf(operation.path), cookies })
}

function unusable(operation: Operation): Promise<Answer> {
  if (operation.path.includes('{')) {
    return answers(asker(operation.name), operation.name, { id: 'a b', candidate: 'a b', seq: 'x' })
  }
  if (operation.multipart) return send(door, asker(operation.name), operation.path, upload(null))
  if (operation.method === 'GET') return ask(door, asker(operation.name), 'GET', `${operation.path}?limit=0`)
  return ask(door, operation.open ? null : asker(operation.name), operation.method, operation.path, {})
}

async function tooOften(operation: Operation): Promise<Answer> {
  const app = await createServer({ ...door.deps, signInsPerMinute: 1 })
  await perform({ ...door, app }, null, operation)
  const answer = await perform({ ...door, app }, null, operation)
  await app.close()
  return answer
}

async function fullDisk(operation: Operation): Promise<Answer> {
  const error = new StoreError('disk_full', 'inner words', 'inner')
  if (!operation.path.includes('{')) return performBroken(operation, error)
  const filed = await json(ask(door, 'officer', 'POST', '/api/requests', form(kept.probe)))
  return performBroken(operation, error, addressOf(operation.path, { id: filed.request.id }))
}

/** Its photographs must be real: `lead-sheet.test.ts`. */
const ELSEWHERE = 'GET /api/leads/{id}/sheet.pdf'

it('every operation has its good answer, as documented', async () => {
  expect([...Object.keys(GOOD), ELSEWHERE].sort()).toEqual(operations.map((operation) => operation.name).sort())
  for (const [name, good] of Object.entries(GOOD)) {
    const answer = await good()
    const documented = operationNamed(name).statuses.filter((status) => status < 400)
    const about = `${name}: ${answer.body.slice(0, 300)} ${door.incidents.at(-1)?.error}`
    expect([answer.statusCode], about).toEqual(documented)
  }
  expect(door.incidents.map((incident) => String(incident.error))).toEqual([])
})

describe('every documented refusal can be had', () => {
  it.each(Object.keys(REFUSED).map(Number))('%i', async (status) => {
    const documented = operations.filter((operation) => operation.statuses.includes(status))
    expect(documented.length).toBeGreaterThan(0)
    for (const operation of documented) {
      const answer = await (REFUSED[status] ?? missing(operation, status))(operation)
      const about = `${operation.name}: ${answer.body.slice(0, 300)}`
      expect(answer.statusCode, about).toBe(status)
      expect(answer.headers['content-type'], about).toContain('application/problem+json')
      expect(answer.json(), about).toMatchObject({ status, code: expect.stringMatching(/^[a-z_]+$/) })
      expect(answer.body, about).not.toContain('inner')
    }
  })

  it('and no other is documented', () => {
    const statuses = new Set(operations.flatMap((operation) => operation.statuses.filter((status) => status >= 400)))
    expect([...statuses].sort()).toEqual(Object.keys(REFUSED).map(Number).sort())
  })

  it('a session is as good afterwards as before', async () => {
    expect(await signInAs(door.app, 'officer')).toHaveLength(43)
  })
})
