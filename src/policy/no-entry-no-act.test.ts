import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../access/index.ts'
import type { Clock } from '../base/index.ts'
import { sql } from '../store/index.ts'
import { decideRequest } from './decide-request.ts'
import { liftMoratorium } from './lift-moratorium.ts'
import { codeOf, must, openTestCounty, type TestCounty } from './policy.fixture.ts'
import type { PolicyDeps } from './policy-deps.ts'
import { startMoratorium } from './start-moratorium.ts'

const TABLES = ['decision', 'permit', 'moratorium', 'moratorium_lift', 'log_entry'] as const

let county: TestCounty
let officer: Actor
let supervisor: Actor
let foreigner: Actor

beforeAll(async () => {
  county = await openTestCounty()
  officer = await county.person('a', ['investigator'])
  supervisor = await county.person('a', ['supervisor'], 'none')
  foreigner = await county.person('b', ['investigator', 'supervisor', 'auditor'])
})

afterAll(() => county.store.close())

async function counts(agency: string): Promise<readonly number[]> {
  return await county.store.transaction({ agency }, async (tx) => {
    const all: number[] = []
    for (const table of TABLES) {
      const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx)
      all.push(rows[0]?.n ?? 0)
    }
    return all
  })
}

/** Breaks when the entry asks for the time, which is the last thing an act does. */
function clockThatBreaksAfter(calls: number): Clock {
  let left = calls
  return {
    now: () => {
      left -= 1
      if (left < 0) throw new Error('the clock broke')
      return county.deps.clock.now()
    },
  }
}

async function expectWhole(act: (deps: PolicyDeps) => Promise<unknown>): Promise<void> {
  const before = await counts(officer.agency)
  const broken = act({ ...county.deps, clock: clockThatBreaksAfter(1) })
  await expect(broken).rejects.toThrow('the clock broke')
  expect(await counts(officer.agency)).toEqual(before)
  await act(county.deps)
  expect((await counts(officer.agency)).at(-1)).toBe((before.at(-1) ?? 0) + 1)
}

describe('no entry, no act', () => {
  it('a permit', async () => {
    const request = await county.file(officer)
    await expectWhole((deps) => decideRequest(deps, officer, request.id))
  })

  it('a refusal', async () => {
    const request = await county.file(officer, { attested: false })
    await expectWhole((deps) => decideRequest(deps, officer, request.id))
  })

  it('the start and the end of a moratorium', async () => {
    await expectWhole((deps) => startMoratorium(deps, supervisor, { reason: 'Review.' }))
    await expectWhole((deps) => liftMoratorium(deps, supervisor, { reason: 'Reviewed.' }))
  })
})

describe('one agency', () => {
  it('sees no decision, permit or moratorium of another', async () => {
    const request = await county.file(officer)
    expect(codeOf(await decideRequest(county.deps, officer, request.id))).toBe('ok')
    must(await startMoratorium(county.deps, supervisor, { reason: 'Review.' }))
    expect((await counts(officer.agency)).slice(0, 3).every((count) => count > 0)).toBe(true)
    expect((await counts(foreigner.agency)).slice(0, 4)).toEqual([0, 0, 0, 0])
    must(await liftMoratorium(county.deps, supervisor, { reason: 'Reviewed.' }))
  })

  it('cannot write a moratorium into another', async () => {
    const at = '2026-11-22T15:00:00Z'
    const insert = county.store.transaction({ agency: foreigner.agency }, (tx) =>
      sql`insert into moratorium (id, agency, reason, started_at, started_by, started_by_name)
        values ('mor_1', ${officer.agency}, 'x', ${at}, 'acct_1', 'x')`.execute(tx),
    )
    await expect(insert).rejects.toThrow(/row-level security/)
  })
})
