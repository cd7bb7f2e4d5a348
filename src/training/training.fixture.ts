import { type Actor, actorOfAccount, INSTALLATION, openAccount, type Role, registerAgency } from '../access/index.ts'
import { fixedClock, randomIds } from '../base/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import type { Certificate, Track } from './certificate.ts'
import { type CertificateInput, issueCertificate } from './issue-certificate.ts'
import { validCertificate } from './records.ts'

/** Two agencies with a supervisor each, and a clock that stands still until moved. */
export interface TestTraining {
  readonly deps: {
    readonly store: TestStore
    readonly clock: ReturnType<typeof fixedClock>
    readonly ids: typeof randomIds
  }
  readonly lakeside: string
  readonly supervisor: Actor
  /** Of the other agency. */
  readonly foreigner: Actor
}

type Deps = TestTraining['deps']

export async function openTestTraining(): Promise<TestTraining> {
  const store = await openTestStore()
  const deps = { store, clock: fixedClock('2026-11-22T08:00:00Z'), ids: randomIds }
  const lakeside = await agency(deps, 'CA0194200')
  const supervisor = await open(deps, lakeside, 'supervisor')
  const foreigner = await open(deps, await agency(deps, 'CA0194300'), 'supervisor')
  return { deps, lakeside, supervisor, foreigner }
}

async function agency(deps: Deps, ori: string): Promise<string> {
  const format = { caseNumberPattern: '\\d+', caseNumberExample: '1' }
  const outcome = await registerAgency(deps, INSTALLATION, { ori, name: ori, ...format })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value.id
}

export async function open(deps: Deps, at: string, role: Role): Promise<Actor> {
  const username = `user${Math.random().toString(36).slice(2, 12)}`
  const input = { username, name: 'P. Quill', agency: at, roles: [role], password: 'a long enough phrase' }
  const outcome = await openAccount(deps, INSTALLATION, input)
  if (!outcome.ok) throw new Error(outcome.problem.message)
  const actor = await deps.store.transaction({ agency: null }, (tx) => actorOfAccount(tx, outcome.value.id))
  if (actor === null) throw new Error('No such actor.')
  return actor
}

export function courseOf(holder: Actor, changes: Partial<CertificateInput> = {}): CertificateInput {
  const course = { track: 'requester', course: 'face-search-requester', courseVersion: '2026.1' } as const
  return { account: holder.account, ...course, score: 0.9, ...changes }
}

export async function issued(
  training: TestTraining,
  holder: Actor,
  changes: Partial<CertificateInput> = {},
): Promise<Certificate> {
  const outcome = await issueCertificate(training.deps, training.supervisor, courseOf(holder, changes))
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value
}

/** The certificate that counts now, as seen from an agency. */
export function validNow(
  { deps, lakeside }: TestTraining,
  holder: Actor,
  { track = 'requester', agency = lakeside }: { readonly track?: Track; readonly agency?: string } = {},
): Promise<Certificate | null> {
  return deps.store.transaction({ agency }, (tx) => validCertificate(tx, holder.account, track, deps.clock.now()))
}

export async function lastEntry(deps: Deps): Promise<unknown> {
  const { rows } = await deps.store.transaction({ agency: null }, (tx) =>
    sql<{ leaf: string }>`select leaf from log_entry order by id desc limit 1`.execute(tx),
  )
  return JSON.parse(rows[0]?.leaf ?? '{}')
}
