import { fixedClock, randomIds } from '../base/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import { type Actor, INSTALLATION, type Role } from './actor.ts'
import { actorOfAccount } from './actor-of-account.ts'
import type { Agency } from './agency.ts'
import { openAccount } from './open-account.ts'
import { registerAgency } from './register-agency.ts'
import { signIn } from './sign-in.ts'

export const PASSWORD = 'a long enough phrase'
export const FORMAT = { caseNumberPattern: '\\d{2}-\\d{6}', caseNumberExample: '26-000123' }

/** Two agencies, an administrator of the first, and a clock that stands still until moved. */
export interface TestAccess {
  readonly deps: {
    readonly store: TestStore
    readonly clock: ReturnType<typeof fixedClock>
    readonly ids: typeof randomIds
  }
  readonly lakeside: Agency
  readonly hillside: Agency
  readonly administrator: Actor
}

export interface TestEntry {
  readonly act: string
  readonly actor: string | null
  readonly agency: string | null
  readonly about: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

export async function openTestAccess(): Promise<TestAccess> {
  const store = await openTestStore()
  const deps = { store, clock: fixedClock('2026-11-22T08:00:00Z'), ids: randomIds }
  const lakeside = await register(deps, 'CA0194200', 'Lakeside Police')
  const hillside = await register(deps, 'CA0194300', 'Hillside Police')
  const administrator = await open(deps, lakeside, { name: 'A. Admin', roles: ['administrator'] })
  return { deps, lakeside, hillside, administrator }
}

type Deps = TestAccess['deps']

async function register(deps: Deps, ori: string, name: string): Promise<Agency> {
  const outcome = await registerAgency(deps, INSTALLATION, { ori, name, ...FORMAT })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value
}

/** A username that nobody has. */
export function freshUsername(): string {
  return `user${Math.random().toString(36).slice(2, 12)}`
}

/** Opens an account as the installation would. */
export async function open(
  deps: Deps,
  agency: Agency,
  changes: { readonly username?: string; readonly name?: string; readonly roles?: readonly Role[] } = {},
): Promise<Actor> {
  const person = { username: freshUsername(), name: 'P. Quill', roles: ['investigator'] as const, ...changes }
  const outcome = await openAccount(deps, INSTALLATION, { ...person, agency: agency.id, password: PASSWORD })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  const actor = await actorNow(deps, outcome.value.id)
  if (actor === null) throw new Error('No such actor.')
  return actor
}

export function actorNow(deps: Deps, account: string): Promise<Actor | null> {
  return deps.store.transaction({ agency: null }, (tx) => actorOfAccount(tx, account))
}

/** The token of a new session. */
export async function tokenFor(deps: Deps, username: string): Promise<string> {
  const outcome = await signIn(deps, { username, password: PASSWORD, acknowledged: true })
  if (!outcome.ok) throw new Error(outcome.problem.message)
  return outcome.value.token
}

/** The log, oldest first. */
export async function entries(deps: Deps, act?: string): Promise<readonly TestEntry[]> {
  const { rows } = await deps.store.transaction({ agency: null }, (tx) =>
    sql<{ leaf: string }>`select leaf from log_entry order by id`.execute(tx),
  )
  const all: TestEntry[] = rows.map((row) => JSON.parse(row.leaf))
  return act === undefined ? all : all.filter((entry) => entry.act === act)
}

export function codeOf(outcome: { readonly ok: boolean; readonly problem?: { readonly code: string } }): string {
  return outcome.problem?.code ?? 'ok'
}
