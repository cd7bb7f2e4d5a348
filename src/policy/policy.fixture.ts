import { type Actor, actorOfAccount, INSTALLATION, openAccount, type Role, registerAgency } from '../access/index.ts'
import { fixedClock, type Outcome, randomIds } from '../base/index.ts'
import { createFakeEngine } from '../engine/index.ts'
import { NO_FILTER } from '../gallery/index.ts'
import { type RequestInput, receiveProbe, type SearchRequest, submitRequest } from '../intake/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import { issueCertificate } from '../training/index.ts'
import type { Facts } from './facts.ts'

/** For tests: two agencies, their people, and requests, over a fresh database with the fake engine. */
export interface TestCounty {
  readonly store: TestStore
  readonly deps: ReturnType<typeof depsOver>
  /** Opens an account; with a certificate for requesters unless told otherwise. */
  person(agency: 'a' | 'b', roles: readonly Role[], certificate?: 'valid' | 'expired' | 'none'): Promise<Actor>
  file(actor: Actor, changes?: Partial<RequestInput>): Promise<SearchRequest>
  entries(): Promise<readonly LogLine[]>
}

export interface LogLine {
  readonly act: string
  readonly actor: string | null
  readonly about: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

const ORI = { a: 'CA0190000', b: 'CA0190100' } as const

function depsOver(store: TestStore) {
  return { store, engine: createFakeEngine(), clock: fixedClock('2026-11-22T15:00:00Z'), ids: randomIds }
}

export async function openTestCounty(): Promise<TestCounty> {
  const store = await openTestStore()
  const deps = depsOver(store)
  const agencies = { a: await agency(deps, ORI.a), b: await agency(deps, ORI.b) }
  let people = 0
  return {
    store,
    deps,
    person: async (at, roles, certificate = 'valid') => {
      people += 1
      const actor = await account(deps, agencies[at], `person${people}`, roles)
      if (certificate !== 'none') await certify(deps, actor, certificate)
      return actor
    },
    file: async (actor, changes = {}) => {
      const probe = must(await receiveProbe(deps, actor, new TextEncoder().encode('PERSON:ann:probe')))
      return must(await submitRequest(deps, actor, { ...goodForm(actor.ori, probe.id), ...changes }))
    },
    entries: () => readLog(store),
  }
}

async function agency(deps: TestCounty['deps'], ori: string): Promise<string> {
  const format = { caseNumberPattern: '\\d{2}-\\d{7}', caseNumberExample: '20-1114732' }
  return must(await registerAgency(deps, INSTALLATION, { ori, name: `Agency ${ori}`, ...format })).id
}

async function account(
  deps: TestCounty['deps'],
  agencyId: string,
  username: string,
  roles: readonly Role[],
): Promise<Actor> {
  const input = { username, name: `Name of ${username}`, agency: agencyId, roles, password: 'a long enough phrase' }
  const { id } = must(await openAccount(deps, INSTALLATION, input))
  const actor = await deps.store.transaction({ agency: null }, (tx) => actorOfAccount(tx, id))
  if (actor === null) throw new Error('No such actor.')
  return actor
}

async function certify(deps: TestCounty['deps'], actor: Actor, which: 'valid' | 'expired'): Promise<void> {
  const course = { track: 'requester', course: 'face-search-requester', courseVersion: '1', score: 0.9 } as const
  const completedAt = which === 'valid' ? '2026-06-01' : '2025-11-01'
  must(await issueCertificate(deps, INSTALLATION, { account: actor.account, ...course, completedAt }))
}

/** A form with nothing wrong in it. */
export function goodForm(ori: string, probe: string): RequestInput {
  return {
    caseNumber: '20-1114732',
    crimeCode: 'ROBBERY',
    purpose: 'investigate_crime',
    predicate: { level: 'reasonable_suspicion', narrative: 'The shop camera shows the robber without a mask.' },
    beneficiaryOri: ori,
    probe,
    faceIndex: 0,
    probeSource: 'cctv',
    acquisition: { basis: 'business_record', from: 'The shop owner' },
    depicts: 'person_sought',
    attested: true,
  }
}

/** Facts that every directive allows. */
export function goodFacts(changes: { readonly [K in keyof Facts]?: Partial<Facts[K]> | Facts[K] } = {}): Facts {
  const facts: Facts = {
    at: '2026-11-22T15:00:00.00Z',
    actor: { account: 'acct_1', agency: 'agcy_a', ori: ORI.a, roles: ['investigator'] },
    certificate: { id: 'cert_1', track: 'requester', expiresAt: '2027-06-01T00:00:00.00Z' },
    agency: { caseNumberPattern: '\\d{2}-\\d{7}', caseNumberExample: '20-1114732' },
    request: {
      id: 'req_1',
      caseNumber: '20-1114732',
      caseNumberWellFormed: true,
      crimeCode: 'ROBBERY',
      crimeKnown: true,
      purpose: 'investigate_crime',
      predicate: 'reasonable_suspicion',
      narrativeLength: 48,
      beneficiaryOri: ORI.a,
      probe: 'probe_1',
      faceIndex: 0,
      probeSource: 'cctv',
      acquisitionBasis: 'business_record',
      attested: true,
      depicts: 'person_sought',
      conflictDeclared: false,
      limit: 20,
      filter: NO_FILTER,
    },
    gallery: { id: 'county', classes: ['county_booking'] },
    moratorium: null,
  }
  const merged = Object.entries(changes).map(([key, change]) => {
    const before = facts[key as keyof Facts]
    const mergeable = typeof change === 'object' && change !== null && typeof before === 'object'
    return [key, mergeable ? { ...before, ...(change as object) } : change]
  })
  return { ...facts, ...(Object.fromEntries(merged) as Partial<Facts>) }
}

export function must<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`)
}

export function codeOf(outcome: Outcome<unknown, string>): string {
  return outcome.ok ? 'ok' : outcome.problem.code
}

async function readLog(store: TestStore): Promise<readonly LogLine[]> {
  return await store.transaction({ agency: null }, async (tx) => {
    const { rows } = await sql<{ leaf: string }>`select leaf from log_entry order by id`.execute(tx)
    return rows.map((row) => JSON.parse(row.leaf) as LogLine)
  })
}
