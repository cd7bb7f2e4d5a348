import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integrate } from '../audit/index.ts'
import { done } from '../base/index.ts'
import { sql } from '../store/index.ts'
import { recordArrest } from './arrest-gate.ts'
import { recordCorroboration } from './corroborate-lead.ts'
import { issueLead } from './issue-lead.ts'
import { fingerprint, must, openTestLeads, type TestLeads } from './lead.fixture.ts'
import type { Lead } from './lead.ts'
import { readLead } from './read-lead.ts'
import { renderLeadSheet } from './render-lead-sheet.ts'

let leads: TestLeads
let lead: Lead
let jpeg: Buffer
beforeAll(async () => {
  jpeg = await sharp({ create: { width: 60, height: 60, channels: 3, background: '#8a7f75' } })
    .jpeg()
    .toBuffer()
  leads = await openTestLeads()
  lead = await leads.issued()
  const { id } = await leads.corroborated(lead)
  must(await recordArrest(leads.deps, leads.people.requester, { lead: lead.id, corroboration: id }))
})
afterAll(() => leads.deps.store.close())

const TABLES = ['lead', 'corroboration', 'reliance'] as const
const inTables = it.each(TABLES)

async function rowsSeen(table: string, agency: string | null): Promise<number> {
  return await leads.deps.store.transaction({ agency }, async (tx) => {
    return (await sql`select 1 from ${sql.table(table)}`.execute(tx)).rows.length
  })
}

/** As the owner of the tables, whom no right restrains. */
async function asOwner(statement: string): Promise<string> {
  return await leads.deps.store
    .transaction({ agency: leads.people.first.agency }, async (tx) => {
      await sql`set local role none`.execute(tx)
      await sql.raw(statement).execute(tx)
    })
    .then(() => 'done', String)
}

describe('row-level security', () => {
  inTables('%s: its own agency sees its rows; another, and none, sees nothing', async (table) => {
    expect(await rowsSeen(table, leads.people.first.agency)).toBeGreaterThan(0)
    expect(await rowsSeen(table, leads.people.stranger.agency)).toBe(0)
    expect(await rowsSeen(table, null)).toBe(0)
  })

  inTables('%s: no row is written in the name of another agency', async (table) => {
    const copy = leads.deps.store.transaction({ agency: leads.people.first.agency }, async (tx) => {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)} limit 1`.execute(tx)
      await sql`select set_config('app.agency', ${leads.people.stranger.agency}, true)`.execute(tx)
      const { stands_alone: _, ...row } = { ...rows[0], id: 'copy_x' } as Record<string, unknown>
      const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)))
      await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(tx)
    })
    await expect(copy).rejects.toThrow('row-level security')
  })
})

describe('rows are only ever added', () => {
  inTables('%s: not even its owner changes, removes or empties', async (table) => {
    const before = await rowsSeen(table, leads.people.first.agency)
    for (const statement of [
      `update ${table} set agency = agency`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]) {
      expect(await asOwner(statement)).toContain('only ever added to')
    }
    expect(await rowsSeen(table, leads.people.first.agency)).toBe(before)
  })
})

describe('no entry, no act', () => {
  type Act = () => Promise<unknown>
  const acts = {
    issueLead: async () => {
      const verified = await leads.verified()
      return () => issueLead(leads.deps, leads.people.second, verified)
    },
    recordCorroboration: async () => () => {
      return recordCorroboration(leads.deps, leads.people.requester, fingerprint(lead.id))
    },
    recordArrest: async () => {
      const { id } = await leads.corroborated(lead)
      return () => recordArrest(leads.deps, leads.people.requester, { lead: lead.id, corroboration: id })
    },
    'recordArrest, refused': async () => () => {
      return recordArrest(leads.deps, leads.people.requester, { lead: lead.id, corroboration: null })
    },
    'readLead, withheld': async () => () => readLead(leads.deps, leads.people.stranger, lead.id),
    renderLeadSheet: async () => () => {
      const engine = { ...leads.deps.engine, displayCopy: async () => done(new Uint8Array(jpeg)) }
      return renderLeadSheet({ ...leads.deps, engine }, leads.people.supervisor, lead.id)
    },
  } satisfies Record<string, () => Promise<Act>>

  it.each(Object.entries(acts))('%s leaves nothing when its entry cannot be written', async (_, prepare) => {
    const act = await prepare()
    const counts = () => Promise.all(TABLES.map((table) => rowsSeen(table, leads.people.first.agency)))
    const [rows, entries] = [await counts(), await leads.entries()]
    expect(await asOwner('alter table log_entry add constraint no_room check (false) not valid')).toBe('done')
    const answer = await act().then(() => 'done', String)
    expect(await asOwner('alter table log_entry drop constraint no_room')).toBe('done')
    expect(answer).toContain('no_room')
    expect(await counts()).toEqual(rows)
    expect(await leads.entries()).toEqual(entries)
    await act()
    expect((await leads.entries()).length).toBeGreaterThan(entries.length)
  })
})

describe('what a lead rests on', () => {
  it.each([
    ['a second lead of one request', 'request', 'one_lead_per_request'],
    ['a lead of a booking that is not in the gallery', 'booking', 'foreign key'],
    ['a place in the log that is no digest', 'log_leaf', 'check constraint'],
  ])('%s is no lead', async (_, column, words) => {
    const { agency } = leads.people.first
    const insert = leads.deps.store.transaction({ agency }, async (tx) => {
      const { rows } = await sql<Record<string, unknown>>`select * from lead where id = ${lead.id}`.execute(tx)
      const row: Record<string, unknown> = { ...rows[0], id: 'lead_x', request: 'req_x' }
      row[column] = column === 'request' ? lead.request : 'none'
      const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)))
      await sql`insert into lead (${columns}) values (${sql.join(Object.values(row))})`.execute(tx)
    })
    await expect(insert).rejects.toThrow(words)
  })

  it('several arrests recorded at once on one piece of evidence are one', async () => {
    const own = await leads.issued()
    const corroboration = (await leads.corroborated(own)).id
    const { requester, supervisor } = leads.people
    const arrests = await Promise.all(
      [requester, supervisor, requester].map((actor) => {
        return recordArrest(leads.deps, actor, { lead: own.id, corroboration })
      }),
    )
    expect(new Set(arrests.map((outcome) => must(outcome).id)).size).toBe(1)
    const entries = (await leads.entries()).filter((entry) => entry.about === own.id)
    expect(entries.filter((entry) => entry.act === 'arrest.recorded')).toHaveLength(1)
  })

  it('two requests that lead to the same booking at once are two leads', async () => {
    const both = [await leads.verified(), await leads.verified()]
    const issued = await Promise.all(both.map((verified) => issueLead(leads.deps, leads.people.second, verified)))
    const ids = issued.map((outcome) => must(outcome))
    expect(new Set(ids.map((one) => one.id)).size).toBe(2)
    expect(new Set(ids.map((one) => one.booking)).size).toBe(1)
    await integrate(leads.deps.store)
    const files = await Promise.all(ids.map((one) => readLead(leads.deps, leads.people.supervisor, one.id)))
    expect(new Set(files.map((read) => must(read).lead.log?.seq)).size).toBe(2)
  })
})
