import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integrate } from '../audit/index.ts'
import { openExamination, type VerifiedConclusion } from '../examination/index.ts'
import { requestOf } from '../intake/index.ts'
import { sql } from '../store/index.ts'
import { DISCLAIMER } from './disclaimer.ts'
import { issueLead } from './issue-lead.ts'
import { issueMissingLeads } from './issue-missing-leads.ts'
import { codeOf, must, openTestLeads, type TestLeads } from './lead.fixture.ts'
import { readLead } from './read-lead.ts'

let leads: TestLeads
beforeAll(async () => {
  leads = await openTestLeads()
})
afterAll(() => leads.deps.store.close())

describe('issueLead', () => {
  it('makes the lead of the candidate two examiners named, logs it and moves the request', async () => {
    const verified = await leads.verified(2)
    const { second } = leads.people
    const lead = must(await issueLead(leads.deps, second, verified))
    expect(lead).toMatchObject({
      ...{ request: verified.request, candidate: verified.candidate, status: 'open', issuedBy: second.account },
      disclaimerVersion: DISCLAIMER.version,
    })
    const entries = await leads.entries()
    expect(entries.at(-1)).toMatchObject({
      ...{ act: 'lead.issued', about: lead.id },
      facts: { request: verified.request, disclaimer: DISCLAIMER.version },
    })
    const { agency } = second
    const request = await leads.deps.store.transaction({ agency }, (tx) => requestOf(tx, verified.request))
    expect(request?.state).toBe('lead')
    const again = await openExamination(leads.deps, leads.people.third, verified.request)
    expect(codeOf(again)).toBe('examination_finished')
  })

  it('says where its entry stands in the log as soon as it has a place', async () => {
    const { second, supervisor } = leads.people
    const lead = must(await issueLead(leads.deps, second, await leads.verified()))
    expect(lead.log).toBeNull()
    const size = await integrate(leads.deps.store)
    const placed = must(await issueLead(leads.deps, second, await leads.verified()))
    expect(placed.log).toBeNull()
    const file = must(await readLead(leads.deps, supervisor, lead.id))
    const entry = (await leads.entries()).find((one) => one.act === 'lead.issued' && one.about === lead.id)
    expect(entry).toMatchObject({ seq: file.lead.log?.seq })
    expect(file.lead.log?.seq).toBeLessThan(size)
    expect(file.lead.log?.leafHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is made up for at the next start when the service stopped after the last signature', async () => {
    const verified = await leads.verified(2)
    expect(await issueMissingLeads(leads.deps)).toBe(1)
    expect(await issueMissingLeads(leads.deps)).toBe(0)
    const entry = (await leads.entries()).at(-1)
    expect(entry).toMatchObject({ act: 'lead.issued', actor: leads.people.second.account })
    expect(entry?.facts.request).toBe(verified.request)
    const lead = must(await issueLead(leads.deps, leads.people.second, verified))
    expect(entry?.about).toBe(lead.id)
  })

  it('makes one lead, however often and by however many it is asked at once', async () => {
    const verified = await leads.verified()
    const { first, second, supervisor } = leads.people
    const asked = await Promise.all(
      [first, second, supervisor, second].map((actor) => issueLead(leads.deps, actor, verified)),
    )
    expect(new Set(asked.map((outcome) => must(outcome).id)).size).toBe(1)
    const issued = (await leads.entries()).filter(
      (entry) => entry.act === 'lead.issued' && entry.facts.request === verified.request,
    )
    expect(issued).toHaveLength(1)
  })

  it('refuses a look-alike of a verified conclusion, which does not compile either', async () => {
    const verified = await leads.verified()
    const before = (await leads.entries()).length
    // @ts-expect-error a copy has no brand
    const copied = await issueLead(leads.deps, leads.people.second, { ...verified })
    const forged = JSON.parse(JSON.stringify(verified)) as VerifiedConclusion
    expect(codeOf(copied)).toBe('conclusion_not_verified')
    expect(codeOf(await issueLead(leads.deps, leads.people.second, forged))).toBe('conclusion_not_verified')
    expect(await leads.entries()).toHaveLength(before)
  })

  it('refuses a verified conclusion that there is none', async () => {
    const request = await leads.searched()
    await leads.examine(leads.people.first, request)
    const { verified } = await leads.examine(leads.people.second, request)
    if (verified === undefined) throw new Error('The examiners did not agree.')
    expect(codeOf(await issueLead(leads.deps, leads.people.second, verified))).toBe('conclusion_is_no_lead')
  })

  it("refuses another agency's examiner, and anybody without the role", async () => {
    const verified = await leads.verified()
    const { stranger, requester, auditor } = leads.people
    expect(codeOf(await issueLead(leads.deps, stranger, verified))).toBe('conclusion_not_verified')
    expect(codeOf(await issueLead(leads.deps, requester, verified))).toBe('role_required')
    expect(codeOf(await issueLead(leads.deps, auditor, verified))).toBe('role_required')
  })

  it('follows a majority of three', async () => {
    const { first, second, third } = leads.people
    const request = await leads.searched()
    await leads.examine(first, request, { lead: 1 })
    await leads.examine(second, request)
    const { verified } = await leads.examine(third, request, { lead: 1 })
    if (verified === undefined) throw new Error('No majority.')
    expect(must(await issueLead(leads.deps, third, verified)).candidate).toBe(verified.candidate)
  })
})

describe('what the database itself refuses', () => {
  it.each(['lead', 'corroboration', 'reliance'])('no row of %s is changed or removed', async (table) => {
    const { agency } = leads.people.first
    for (const statement of [`update ${table} set agency = agency`, `delete from ${table}`, `truncate ${table}`]) {
      const attempt = leads.deps.store.transaction({ agency }, (tx) => sql.raw(statement).execute(tx))
      await expect(attempt).rejects.toThrow('permission denied')
    }
  })

  it('another agency sees no row', async () => {
    await leads.corroborated(await leads.issued())
    await leads.deps.store.transaction({ agency: leads.people.stranger.agency }, async (tx) => {
      for (const table of ['lead', 'corroboration', 'reliance']) {
        expect((await sql`select 1 from ${sql.table(table)}`.execute(tx)).rows).toEqual([])
      }
    })
  })
})
