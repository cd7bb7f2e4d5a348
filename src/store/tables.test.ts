import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestStore, sql, type TestStore } from './index.ts'

let store: TestStore
beforeAll(async () => {
  store = await openTestStore()
})
afterAll(() => store.close())

async function ask<Row>(query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
  return await store.transaction({ agency: null }, async (tx) => {
    await sql`set local role none`.execute(tx)
    return (await query.execute(tx)).rows
  })
}

interface TableRow {
  readonly name: string
  readonly enabled: boolean
  readonly forced: boolean
  readonly policies: number
  readonly has_agency: boolean
}

const TABLES = sql<TableRow>`select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    (select count(*) from pg_policy p where p.polrelid = c.oid) as policies,
    exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'agency' and not a.attisdropped)
      as has_agency
  from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by c.relname`

/** One log serves all agencies, and who signs in has no agency yet: the rooms of these two decide who reads what. */
const SHARED = ['account', 'log_entry']

/** All that the service may ever take away: a template leaves the search. */
const REMOVABLE = ['gallery_template']

interface GrantRow {
  readonly table_name: string
  readonly right: string
}

async function grants(right: string): Promise<readonly string[]> {
  const rows = await ask(sql<GrantRow>`select table_name, privilege_type as right
    from information_schema.role_table_grants where grantee = 'countenance_service' and privilege_type = ${right}
    order by table_name`)
  return rows.map((row) => row.table_name)
}

describe('every table', () => {
  it('of an agency has row-level security, forced upon its owner, with a policy', async () => {
    const tables = await ask(TABLES)
    const owned = tables.filter((table) => table.has_agency && !SHARED.includes(table.name))
    expect(owned.map((table) => table.name)).toEqual(
      expect.arrayContaining(['examination', 'examination_release', 'lead', 'probe', 'request', 'search_run']),
    )
    expect(owned.filter((table) => !(table.enabled && table.forced && Number(table.policies) > 0))).toEqual([])
  })

  it('without an agency has none, so that nothing is hidden by mistake', async () => {
    const others = (await ask(TABLES)).filter((table) => !table.has_agency)
    expect(others.filter((table) => table.enabled && Number(table.policies) === 0)).toEqual([])
  })

  it('is owned by somebody else than the service', async () => {
    const rows = await ask(sql<{ relname: string }>`select relname from pg_class
      where relnamespace = 'public'::regnamespace and pg_get_userbyid(relowner) = 'countenance_service'`)
    expect(rows).toEqual([])
  })
})

describe('the service role', () => {
  it('removes rows of no table but the templates of a search', async () => {
    expect(await grants('DELETE')).toEqual(REMOVABLE)
    expect(await grants('TRUNCATE')).toEqual([])
  })

  it('has no right to a whole table but to read it and to add to it', async () => {
    expect(await grants('TRIGGER')).toEqual([])
    expect(await grants('REFERENCES')).toEqual([])
  })

  it('changes no column of a record of examiners, of leads, of searches or of the log', async () => {
    const rows = await ask(sql<{ table_name: string }>`select distinct table_name
      from information_schema.role_column_grants where grantee = 'countenance_service' and privilege_type = 'UPDATE'`)
    const changeable = rows.map((row) => row.table_name)
    const kept = [
      ...['examination', 'examination_release', 'examination_verdict', 'examination_signature', 'examination_outcome'],
      ...['lead', 'corroboration', 'reliance', 'search_run', 'candidate', 'gallery_booking', 'probe'],
      ...['log_node', 'log_checkpoint', 'log_cosigned'],
    ]
    expect(changeable.filter((table) => kept.includes(table))).toEqual([])
    expect(changeable).toContain('request')
  })

  it('of an entry of the log it adds the place alone, to its text as well, and writes none with a place', async () => {
    const columns = (privilege: string) =>
      ask(sql<{ column_name: string }>`select column_name from information_schema.role_column_grants
        where grantee = 'countenance_service' and table_name = 'log_entry' and privilege_type = ${privilege}
        order by column_name`)
    expect((await columns('UPDATE')).map((row) => row.column_name)).toEqual(['leaf', 'seq'])
    expect((await columns('INSERT')).map((row) => row.column_name)).toEqual(['leaf'])
  })

  it('of a request it changes the state alone', async () => {
    const rows = await ask(sql<{ column_name: string }>`select column_name
      from information_schema.role_column_grants
      where grantee = 'countenance_service' and privilege_type = 'UPDATE' and table_name = 'request'`)
    expect(rows.map((row) => row.column_name)).toEqual(['state'])
  })
})
