import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { openExamination } from './open-examination.ts'
import { recordVerdict } from './record-verdict.ts'
import { releaseExamination } from './release-examination.ts'
import { signExamination } from './sign-examination.ts'
import { must, openTestCounty, type TestCounty } from './test-county.ts'

let county: TestCounty
let request: string
beforeAll(async () => {
  county = await openTestCounty()
  request = await county.searched()
  const view = must(await openExamination(county.deps, county.people.third, request))
  const release = { examination: view.id, reason: 'CONFLICT_DECLARED' }
  must(await releaseExamination(county.deps, county.people.third, release))
  await county.examine(county.people.first, request, { lead: 1 })
  await county.examine(county.people.second, request, { lead: 1 })
})
afterAll(() => county.deps.store.close())

const TABLES = [
  ...['examination', 'examination_release', 'examination_verdict', 'examination_signature', 'examination_outcome'],
]
const inTables = it.each(TABLES)

async function rowsSeen(table: string, agency: string | null): Promise<number> {
  return await county.deps.store.transaction({ agency }, async (tx) => {
    return (await sql`select 1 from ${sql.table(table)}`.execute(tx)).rows.length
  })
}

/** As the owner of the tables, whom no right restrains. */
async function asOwner(statement: string): Promise<string> {
  return await county.deps.store
    .transaction({ agency: county.people.first.agency }, async (tx) => {
      await sql`set local role none`.execute(tx)
      await sql.raw(statement).execute(tx)
    })
    .then(() => 'done', String)
}

describe('row-level security', () => {
  inTables('%s: its own agency sees its rows; another, and none, sees nothing', async (table) => {
    expect(await rowsSeen(table, county.people.first.agency)).toBeGreaterThan(0)
    expect(await rowsSeen(table, county.people.stranger.agency)).toBe(0)
    expect(await rowsSeen(table, null)).toBe(0)
  })

  inTables('%s: no row is written in the name of another agency', async (table) => {
    const { agency } = county.people.stranger
    const copy = county.deps.store.transaction({ agency: county.people.first.agency }, async (tx) => {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)} limit 1`.execute(tx)
      await sql`select set_config('app.agency', ${agency}, true)`.execute(tx)
      const { seq: _, ...row } = rows[0] ?? {}
      const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)))
      await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(tx)
    })
    await expect(copy).rejects.toThrow('row-level security')
  })
})

describe('S-13: rows are only ever added', () => {
  inTables('%s: not even its owner changes, removes or empties', async (table) => {
    const before = await rowsSeen(table, county.people.first.agency)
    for (const statement of [
      `update ${table} set agency = agency`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]) {
      expect(await asOwner(statement)).toContain('only ever added to')
    }
    expect(await rowsSeen(table, county.people.first.agency)).toBe(before)
  })
})

describe('no entry, no act', () => {
  const acts = {
    openExamination: async (fresh: string) => {
      return () => openExamination(county.deps, county.people.both, fresh)
    },
    signExamination: async (fresh: string) => {
      const { id, candidates } = must(await openExamination(county.deps, county.people.first, fresh))
      for (const { id: candidate } of candidates) {
        const verdict = { examination: id, candidate, verdict: 'excluded' }
        must(await recordVerdict(county.deps, county.people.first, verdict))
      }
      const said = { examination: id, conclusion: 'no_viable_candidate', justification: 'Ears.' }
      return () => signExamination(county.deps, county.people.first, said)
    },
    releaseExamination: async (fresh: string) => {
      const { id } = must(await openExamination(county.deps, county.people.first, fresh))
      return () => releaseExamination(county.deps, county.people.supervisor, { examination: id, reason: 'ABSENT' })
    },
  } satisfies Record<string, (fresh: string) => Promise<() => Promise<unknown>>>

  async function everything(): Promise<readonly number[]> {
    return await Promise.all(TABLES.map((table) => rowsSeen(table, county.people.first.agency)))
  }

  it.each(Object.entries(acts))('%s leaves nothing when its entry cannot be written', async (_, prepare) => {
    const act = await prepare(await county.searched())
    const [rows, entries] = [await everything(), await county.entries()]
    expect(await asOwner('alter table log_entry add constraint no_room check (false) not valid')).toBe('done')
    const answer = await act().then(() => 'done', String)
    expect(await asOwner('alter table log_entry drop constraint no_room')).toBe('done')
    expect(answer).toContain('no_room')
    expect(await everything()).toEqual(rows)
    expect(await county.entries()).toEqual(entries)
    expect(await act()).toMatchObject({ ok: true })
  })
})

describe('S-13: a disagreement', () => {
  it('stays unresolved until a third decides; a supervisor adds nothing to it and takes nothing from it', async () => {
    const disputed = await county.searched()
    const { first, second, both, supervisor } = county.people
    const one = await county.examine(first, disputed, { lead: 1 })
    const other = await county.examine(second, disputed)
    expect(other.state).toBe('unresolved')
    const said = { conclusion: 'no_viable_candidate', justification: 'Closed by order.' }
    for (const { examination } of [one, other]) {
      const sign = { examination, ...said }
      expect(await signExamination(county.deps, supervisor, sign)).toMatchObject({ problem: { code: 'role_required' } })
      expect(await signExamination(county.deps, both, sign)).toMatchObject({ problem: { code: 'not_found' } })
      const release = { examination, reason: 'ABSENT' }
      expect(await releaseExamination(county.deps, supervisor, release)).toMatchObject({
        problem: { code: 'examination_signed' },
      })
    }
    expect(await openExamination(county.deps, supervisor, disputed)).toMatchObject({
      problem: { code: 'role_required' },
    })
    const settled = await county.examine(county.people.third, disputed, { lead: 1 })
    expect(settled).toMatchObject({ state: 'resolved', outcome: 'investigative_lead' })
  })
})
