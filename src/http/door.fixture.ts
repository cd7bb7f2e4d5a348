import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type Actor, actorOfAccount, INSTALLATION, openAccount, type Role, registerAgency } from '../access/index.ts'
import { openLog } from '../audit/index.ts'
import { fixedClock, randomIds } from '../base/index.ts'
import { createFakeEngine } from '../engine/index.ts'
import { enrolBooking, openGallerySearch, registerSource } from '../gallery/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import { issueCertificate, type Track } from '../training/index.ts'
import { createServer } from './create-server.ts'
import type { HttpDeps, Incident } from './http-deps.ts'

export const PASSWORD = 'a long enough phrase'

/** A door over real rooms, a fresh database and the fake engine; two agencies with staff. */
export interface TestDoor {
  readonly app: FastifyInstance
  readonly store: TestStore
  readonly deps: HttpDeps
  readonly clock: ReturnType<typeof fixedClock>
  readonly incidents: Incident[]
  readonly staff: Record<StaffName, Staff>
  close(): Promise<void>
}

export interface Staff {
  readonly username: string
  readonly actor: Actor
  readonly token: string
}

const STAFF = {
  officer: ['CA0194200', 'investigator', 'requester'],
  uncertified: ['CA0194200', 'investigator', null],
  first: ['CA0194200', 'examiner', 'examiner'],
  second: ['CA0194200', 'examiner', 'examiner'],
  third: ['CA0194200', 'examiner', 'examiner'],
  supervisor: ['CA0194200', 'supervisor', null],
  custodian: ['CA0194200', 'custodian', null],
  auditor: ['CA0194200', 'auditor', null],
  administrator: ['CA0194200', 'administrator', null],
  neighbour: ['CA0194300', 'investigator', 'requester'],
  neighbourSupervisor: ['CA0194300', 'supervisor', null],
} as const satisfies Record<string, readonly [string, Role, Track | null]>

export type StaffName = keyof typeof STAFF

export async function openTestDoor(changes: Partial<HttpDeps> = {}): Promise<TestDoor> {
  const store = await openTestStore()
  const clock = fixedClock('2026-11-22T08:00:00Z')
  const engine = createFakeEngine()
  const incidents: Incident[] = []
  const deps: HttpDeps = {
    ...{ store, clock, engine, ids: randomIds, version: '0.1.0-test', secureCookies: false, signInsPerMinute: 1000 },
    gallery: openGallerySearch(store, engine.model),
    ...{ builtIn: engine.model, builtInFloor: 0.35, reports: { reports: [], leftOut: [] } },
    log: openLog(store, { origin: 'countenance.test/log', signingKey: randomBytes(32), clock }),
    onIncident: (incident) => incidents.push(incident),
    ...changes,
  }
  const app = await createServer(deps)
  const staff = await openStaff(app, deps)
  const close = async () => {
    await app.close()
    await store.close()
  }
  return { app, store, deps, clock, incidents, staff, close }
}

async function openStaff(app: FastifyInstance, deps: HttpDeps): Promise<Record<StaffName, Staff>> {
  const agencies = new Map<string, string>()
  for (const [ori, name] of [['CA0194200', 'Lakeside Police'] as const, ['CA0194300', 'Hillside Police'] as const]) {
    const format = { caseNumberPattern: '\\d{2}-\\d{6}', caseNumberExample: '26-000123' }
    agencies.set(ori, good(await registerAgency(deps, INSTALLATION, { ori, name, ...format })).id)
  }
  const opened = Object.entries(STAFF).map(async ([username, [ori, role, track]]) => {
    const agency = agencies.get(ori) ?? ''
    const input = { username, name: `Name of ${username}`, agency, roles: [role], password: PASSWORD }
    const { id: account } = good(await openAccount(deps, INSTALLATION, input))
    const course = { course: `face-search-${track}`, courseVersion: '1', score: 0.95 }
    if (track !== null) good(await issueCertificate(deps, INSTALLATION, { account, track, ...course }))
    const actor = await deps.store.transaction({ agency: null }, (tx) => actorOfAccount(tx, account))
    if (actor === null) throw new Error('No such actor.')
    return [username, { username, actor, token: await signInAs(app, username) }] as const
  })
  return Object.fromEntries(await Promise.all(opened)) as Record<StaffName, Staff>
}

export async function signInAs(app: FastifyInstance, username: string): Promise<string> {
  const payload = { username, password: PASSWORD, acknowledged: true }
  const response = await app.inject({ method: 'POST', url: '/api/session', payload })
  if (response.statusCode !== 200) throw new Error(response.body)
  return response.json().token
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One request by that person; a string is a sign-in name of the fixture, null is nobody. */
export function ask(door: TestDoor, who: StaffName | null, method: Method, url: string, payload?: object) {
  const headers = who === null ? {} : { authorization: `Bearer ${door.staff[who].token}` }
  return door.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
}

/** A multipart body, with its header. */
export function upload(image: string | Buffer | null, fields: Readonly<Record<string, string>> = {}, files = 1) {
  const boundary = 'x-test-boundary'
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="image"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`
  const file = image === null ? [] : [Buffer.from(head), Buffer.from(image), Buffer.from('\r\n')]
  const payload = Buffer.concat([
    ...parts,
    ...Array.from({ length: files }, () => file).flat(),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}

/** Uploads as that person. */
export function send(door: TestDoor, who: StaffName | null, url: string, body: ReturnType<typeof upload>) {
  const authorization = who === null ? {} : { authorization: `Bearer ${door.staff[who].token}` }
  return door.app.inject({ method: 'POST', url, payload: body.payload, headers: { ...body.headers, ...authorization } })
}

/** Enrols people into the gallery: `PERSON:<name>:` bytes of the same name are alike to the fake engine. */
export async function enrolPeople(door: TestDoor, names: readonly string[]): Promise<string> {
  const custodian = door.staff.custodian.actor
  const source = { name: 'County jail', legalBasis: 'County ordinance 12', class: 'county_booking' } as const
  const { id } = good(await registerSource(door.deps, custodian, source))
  for (const [place, name] of names.entries()) {
    const days = { bookedAt: '2024-05-30', capturedAt: '2024-05-31' }
    const person = { birthYear: 1990, sex: 'F', chargeUcr: null } as const
    const image = Buffer.from(`PERSON:${name}:booking`)
    const input = { source: id, bookingNumber: `B-${place}`, personKey: `P-${name}`, ...days, ...person, image }
    good(await enrolBooking(door.deps, custodian, input))
  }
  return id
}

/** Facts and names of the log, oldest first. */
export async function acts(door: TestDoor): Promise<readonly { act: string; facts: Record<string, unknown> }[]> {
  const { rows } = await door.store.transaction({ agency: null }, (tx) =>
    sql<{ leaf: string }>`select leaf from log_entry order by id`.execute(tx),
  )
  return rows.map((row) => JSON.parse(row.leaf))
}

function good<T>(outcome: { ok: true; value: T } | { ok: false; problem: { message: string } }): T {
  if (outcome.ok) return outcome.value
  throw new Error(outcome.problem.message)
}
