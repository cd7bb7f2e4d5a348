import type { Actor, Role } from '../access/index.ts'
import { fixedClock, type Outcome, randomIds } from '../base/index.ts'
import { createFakeEngine, type Engine } from '../engine/index.ts'
import { openTestStore, sql, type TestStore } from '../store/index.ts'
import type { IntakeDeps } from './intake-deps.ts'
import type { Probe } from './probe.ts'
import { receiveProbe } from './receive-probe.ts'
import type { RequestInput } from './request.ts'

/** For tests: the room over a fresh database, with the fake engine unless another is given. */
export interface TestIntake {
  readonly store: TestStore
  readonly deps: IntakeDeps & { readonly clock: ReturnType<typeof fixedClock> }
  /** Hands in a text as if it were a photograph. */
  probe(actor: Actor, image?: string): Promise<Probe>
  /** Every entry of the log, oldest first. */
  entries(): Promise<readonly LogLine[]>
  /** Rows of a table, past row-level security only for the given agency. */
  count(table: string, agency: string): Promise<number>
}

export interface LogLine {
  readonly act: string
  readonly actor: string | null
  readonly agency: string | null
  readonly about: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

export async function openTestIntake(engine: Engine = createFakeEngine()): Promise<TestIntake> {
  const store = await openTestStore()
  const deps = { store, engine, clock: fixedClock('2026-11-22T15:00:00Z'), ids: randomIds }
  return {
    store,
    deps,
    probe: async (actor, image = 'PERSON:ann:probe') => must(await receiveProbe(deps, actor, bytesOf(image))),
    entries: () =>
      store.transaction({ agency: null }, async (tx) => {
        const { rows } = await sql<{ leaf: string }>`select leaf from log_entry order by id`.execute(tx)
        return rows.map((row) => JSON.parse(row.leaf) as LogLine)
      }),
    count: (table, agency) =>
      store.transaction({ agency }, async (tx) => {
        const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(tx)
        return rows[0]?.rows ?? 0
      }),
  }
}

/** A person of the first agency (`a`) or the second (`b`). */
export function person(name: string, agency: 'a' | 'b', ...roles: readonly Role[]): Actor {
  const ori = agency === 'a' ? 'CA0190000' : 'CA0190100'
  return { account: `acct_${name}`, agency: `agcy_${agency}`, ori, name, roles }
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** A form with nothing wrong in it. */
export function goodForm(probe: string, changes: Partial<RequestInput> = {}): RequestInput {
  return {
    caseNumber: '20-1114732',
    crimeCode: 'ROBBERY',
    purpose: 'investigate_crime',
    predicate: { level: 'reasonable_suspicion', narrative: 'The shop camera shows the robber without a mask.' },
    beneficiaryOri: 'CA0190000',
    probe,
    faceIndex: 0,
    probeSource: 'cctv',
    acquisition: { basis: 'business_record', from: 'The shop owner', at: '2026-11-20' },
    depicts: 'person_sought',
    attested: true,
    capturedAt: '2026-11-19T22:14:00Z',
    ...changes,
  }
}

export function must<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`)
}

export function codeOf(outcome: Outcome<unknown, string>): string {
  return outcome.ok ? 'ok' : outcome.problem.code
}
