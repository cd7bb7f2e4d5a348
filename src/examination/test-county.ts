import { type Actor, actorOfAccount, INSTALLATION, openAccount, type Role, registerAgency } from '../access/index.ts'
import { type Clock, countingIds, fixedClock, type Ids, type Outcome } from '../base/index.ts'
import { createFakeEngine, type Engine } from '../engine/index.ts'
import { enrolBooking, type GallerySearch, openGallerySearch, registerSource } from '../gallery/index.ts'
import { type RequestInput, receiveProbe, submitRequest } from '../intake/index.ts'
import { decideRequest } from '../policy/index.ts'
import { runSearch, searchOf } from '../search/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import { issueCertificate } from '../training/index.ts'
import { opaqueCandidateId } from './blind-view.ts'
import { openExamination } from './open-examination.ts'
import { recordVerdict } from './record-verdict.ts'
import { type SignedExamination, signExamination } from './sign-examination.ts'
import type { Conclusion, Verdict } from './vocabulary.ts'

export type PersonName = keyof typeof STAFF

export interface TestDeps {
  readonly store: TestStore
  readonly engine: Engine
  readonly gallery: GallerySearch
  readonly clock: Clock & { advance(milliseconds: number): void }
  readonly ids: Ids
}

/**
 * For tests of this room and those below: two agencies, their staff, and a gallery in which three
 * people look like ann; everything made by the real acts of the rooms above.
 */
export interface TestCounty {
  readonly deps: TestDeps
  readonly people: Readonly<Record<PersonName, Actor>>
  /** A request of `requester` that has been searched; the probe shows ann unless another text is given. */
  searched(probe?: string, changes?: Partial<RequestInput>): Promise<string>
  /** The same, submitted but not searched. */
  filed(): Promise<string>
  /** Opens, judges every candidate and signs: `lead` is the rank that cannot be excluded, all else is excluded. */
  examine(actor: Actor, request: string, said?: Said): Promise<SignedExamination>
  /** Every entry of the log, oldest first. */
  entries(): Promise<readonly LogLine[]>
}

export interface Said {
  readonly lead?: number
  readonly conclusion?: Conclusion
  readonly limitations?: string
}

export interface LogLine {
  readonly seq: number
  readonly act: string
  readonly actor: string | null
  readonly about: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

const STAFF = {
  requester: ['a', 'investigator'],
  colleague: ['a', 'investigator'],
  first: ['a', 'examiner'],
  second: ['a', 'examiner'],
  third: ['a', 'examiner'],
  untrained: ['a', 'examiner'],
  both: ['a', 'examiner', 'investigator', 'supervisor'],
  supervisor: ['a', 'supervisor'],
  auditor: ['a', 'auditor'],
  custodian: ['a', 'custodian'],
  stranger: ['b', 'examiner', 'investigator', 'supervisor'],
} as const satisfies Record<string, readonly ['a' | 'b', ...Role[]]>

const AGENCIES = {
  a: { ori: 'CA0190000', name: 'Marrow Bay Police Department' },
  b: { ori: 'CA0190100', name: 'Alder County Sheriff' },
} as const

export async function openTestCounty(engine: Engine = createFakeEngine()): Promise<TestCounty> {
  const store = await openTestStore()
  const gallery = openGallerySearch(store, engine.model)
  const deps = { store, engine, gallery, clock: fixedClock('2026-11-22T15:00:00Z'), ids: countingIds() }
  const people = await hire(deps)
  const source = await fillGallery(deps, people.custodian)
  await enrolAll(deps, people.custodian, source)
  return {
    deps,
    people,
    searched: (probe, changes) => searched(deps, people.requester, probe, changes),
    filed: async () => (await fileRequest(deps, people.requester, 'PERSON:ann:probe', {})).id,
    examine: (actor, request, said) => examine(deps, actor, request, said ?? {}),
    entries: () => readLog(deps),
  }
}

export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`)
}

async function hire(deps: TestDeps): Promise<Record<PersonName, Actor>> {
  const rules = { caseNumberPattern: '\\d{2}-\\d{6,7}', caseNumberExample: '20-1114732' }
  const a = must(await registerAgency(deps, INSTALLATION, { ...AGENCIES.a, ...rules }))
  const b = must(await registerAgency(deps, INSTALLATION, { ...AGENCIES.b, ...rules }))
  const hired: [string, Actor][] = []
  for (const [name, [agency, ...roles]] of Object.entries(STAFF)) {
    hired.push([name, await hireOne(deps, agency === 'a' ? a.id : b.id, name, roles)])
  }
  return Object.fromEntries(hired) as Record<PersonName, Actor>
}

async function hireOne(deps: TestDeps, agency: string, name: string, roles: readonly Role[]): Promise<Actor> {
  const username = `${name}.county`
  const person = { username, name: `Officer ${name}`, agency, roles, password: 'a long pass phrase 2026' }
  const { id } = must(await openAccount(deps, INSTALLATION, person))
  for (const track of ['requester', 'examiner'] as const) {
    const course = { account: id, track, course: `face-search-${track}`, courseVersion: '1', score: 0.95 }
    if (name !== 'untrained') must(await issueCertificate(deps, INSTALLATION, course))
  }
  const actor = await deps.store.transaction({ agency: null }, (tx) => actorOfAccount(tx, id))
  if (actor === null) throw new Error(`${name} was not hired.`)
  return actor
}

async function fillGallery(deps: TestDeps, custodian: Actor): Promise<string> {
  const input = { name: 'Test County Jail', legalBasis: 'Penal Code section 13150', class: 'county_booking' } as const
  return must(await registerSource(deps, custodian, input)).id
}

async function enrolAll(deps: TestDeps, custodian: Actor, source: string): Promise<void> {
  if (deps.engine.model.id !== createFakeEngine().model.id) return
  const images = ['PERSON:ann:one', 'PERSON:ann:two', 'PERSON:ann:three', 'PERSON:bob:one']
  for (const [index, text] of images.entries()) {
    await enrolImage(deps, custodian, source, Buffer.from(text), index)
  }
}

async function enrolImage(deps: TestDeps, custodian: Actor, source: string, image: Uint8Array, index: number) {
  must(
    await enrolBooking(deps, custodian, {
      source,
      ...{ bookingNumber: `2018-00${index}`, personKey: `P-${index}`, sex: 'F', birthYear: 1990, chargeUcr: null },
      ...{ bookedAt: '2018-03-12', capturedAt: '2018-03-12', image },
    }),
  )
}

async function searched(
  deps: TestDeps,
  requester: Actor,
  probe = 'PERSON:ann:probe',
  changes: Partial<RequestInput> = {},
): Promise<string> {
  const filed = await fileRequest(deps, requester, probe, changes)
  must(await runSearch(deps, requester, must(await decideRequest(deps, requester, filed.id))))
  return filed.id
}

async function fileRequest(deps: TestDeps, requester: Actor, probe: string, changes: Partial<RequestInput>) {
  const received = must(await receiveProbe(deps, requester, Buffer.from(probe)))
  return must(await submitRequest(deps, requester, { ...goodForm(received.id), ...changes }))
}

function goodForm(probe: string): RequestInput {
  return {
    caseNumber: '20-1114732',
    crimeCode: 'ROBBERY',
    purpose: 'investigate_crime',
    predicate: { level: 'reasonable_suspicion', narrative: 'The shop camera shows the robber without a mask.' },
    beneficiaryOri: AGENCIES.a.ori,
    ...{ probe, faceIndex: 0, probeSource: 'cctv', depicts: 'person_sought', attested: true },
    acquisition: { basis: 'business_record', from: 'The shop owner', at: '2026-11-20' },
    capturedAt: '2026-11-19T22:14:00Z',
  }
}

async function examine(deps: TestDeps, actor: Actor, request: string, said: Said): Promise<SignedExamination> {
  const view = must(await openExamination(deps, actor, request))
  const search = await deps.store.transaction({ agency: actor.agency }, (tx) => searchOf(tx, request))
  const named = search?.candidates.find((candidate) => candidate.rank === said.lead)
  const lead = named === undefined ? undefined : opaqueCandidateId(view.id, named.id)
  for (const { id } of view.candidates) {
    const verdict: Verdict = id === lead ? 'cannot_exclude' : 'excluded'
    must(await recordVerdict(deps, actor, { examination: view.id, candidate: id, verdict }))
  }
  const conclusion = said.conclusion ?? (lead === undefined ? 'no_viable_candidate' : 'investigative_lead')
  const limitations = said.limitations
  const justification = `The ears and the hairline, says ${actor.name}.`
  const signature = { examination: view.id, conclusion, limitations, justification }
  const leadCandidate = conclusion === 'investigative_lead' ? lead : undefined
  return must(await signExamination(deps, actor, { ...signature, leadCandidate }))
}

async function readLog(deps: TestDeps): Promise<readonly LogLine[]> {
  return await deps.store.transaction({ agency: null }, async (tx) => {
    const { rows } = await sql<{ leaf: string }>`select leaf from log_entry order by id`.execute(tx)
    return rows.map((row) => JSON.parse(row.leaf) as LogLine)
  })
}
