import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../store/index.ts'
import { independentCorroboration, markReliedOnForArrest, recordArrest } from './arrest-gate.ts'
import { type CorroborationRecord, IndependentCorroboration, isIndependentCorroboration } from './corroboration.ts'
import { codeOf, must, openTestLeads, type TestLeads } from './lead.fixture.ts'
import type { Lead } from './lead.ts'
import { readLead } from './read-lead.ts'

let leads: TestLeads
beforeAll(async () => {
  leads = await openTestLeads()
})
afterAll(() => leads.deps.store.close())

async function arrestEntries(lead: Lead) {
  return (await leads.entries()).filter((entry) => entry.act.startsWith('arrest.') && entry.about === lead.id)
}

describe('the arrest gate', () => {
  it('S-3: no evidence, refused; derived evidence, refused; a fingerprint report, let through; each logged', async () => {
    const lead = await leads.issued()
    const { requester } = leads.people
    const arrest = (corroboration: string | null) => {
      return recordArrest(leads.deps, requester, { lead: lead.id, corroboration })
    }
    expect(codeOf(await arrest(null))).toBe('corroboration_missing')
    const lineup = await leads.corroborated(lead, { type: 'eyewitness_independent', derivedFromLead: true })
    expect(codeOf(await arrest(lineup.id))).toBe('corroboration_not_independent')
    const report = await leads.corroborated(lead)
    const reliance = must(await arrest(report.id))
    expect(reliance).toMatchObject({ lead: lead.id, corroboration: report.id, recordedBy: requester.account })
    expect(await arrestEntries(lead)).toMatchObject([
      { act: 'arrest.refused', facts: { lead: lead.id, code: 'corroboration_missing' } },
      { act: 'arrest.refused', facts: { lead: lead.id, code: 'corroboration_not_independent' } },
      { act: 'arrest.recorded', actor: requester.account, facts: { lead: lead.id, corroboration: report.id } },
    ])
    const file = must(await readLead(leads.deps, requester, lead.id))
    expect(file.lead.status).toBe('relied_on')
    expect(file.reliance).toEqual([reliance])
  })

  it.each([
    [false, false],
    [false, true],
    [true, true],
  ])('refuses evidence with independent %s and derived %s', async (independentOfLead, derivedFromLead) => {
    const lead = await leads.issued()
    const record = await leads.corroborated(lead, { independentOfLead, derivedFromLead })
    const input = { lead: lead.id, corroboration: record.id }
    expect(codeOf(await independentCorroboration(leads.deps, leads.people.requester, input))).toBe(
      'corroboration_not_independent',
    )
  })

  it('refuses evidence of another lead, in both steps', async () => {
    const [lead, other] = [await leads.issued(), await leads.issued()]
    const record = await leads.corroborated(other)
    const { requester } = leads.people
    const input = { lead: lead.id, corroboration: record.id }
    expect(codeOf(await independentCorroboration(leads.deps, requester, input))).toBe('corroboration_missing')
    const found = must(await independentCorroboration(leads.deps, requester, { ...input, lead: other.id }))
    const arrest = await markReliedOnForArrest(leads.deps, requester, { lead: lead.id, corroboration: found })
    expect(codeOf(arrest)).toBe('corroboration_missing')
    expect(await arrestEntries(lead)).toHaveLength(2)
  })

  it('refuses a look-alike, which does not compile either', async () => {
    const lead = await leads.issued()
    const record = await leads.corroborated(lead)
    const { requester } = leads.people
    const found = must(
      await independentCorroboration(leads.deps, requester, { lead: lead.id, corroboration: record.id }),
    )
    // @ts-expect-error a copy has no brand
    const copied = await markReliedOnForArrest(leads.deps, requester, { lead: lead.id, corroboration: { ...found } })
    expect(codeOf(copied)).toBe('corroboration_missing')
    expect(isIndependentCorroboration(found)).toBe(true)
    expect(isIndependentCorroboration({ ...found })).toBe(false)
    expect(isIndependentCorroboration(record)).toBe(false)
    expect(() => new IndependentCorroboration(Symbol('arrest gate'), record)).toThrow('independent of the lead')
  })

  it('records one arrest for one piece of evidence, asked twice', async () => {
    const lead = await leads.issued()
    const input = { lead: lead.id, corroboration: (await leads.corroborated(lead)).id }
    const first = must(await recordArrest(leads.deps, leads.people.requester, input))
    expect(must(await recordArrest(leads.deps, leads.people.supervisor, input))).toEqual(first)
    expect(await arrestEntries(lead)).toHaveLength(1)
  })

  it.each([
    ['stranger', 'not_found'],
    ['colleague', 'not_found'],
    ['auditor', 'role_required'],
    ['first', 'role_required'],
  ] as const)('is closed to %s: %s', async (name, code) => {
    const lead = await leads.issued()
    const record: CorroborationRecord = await leads.corroborated(lead)
    const input = { lead: lead.id, corroboration: record.id }
    expect(codeOf(await recordArrest(leads.deps, leads.people[name], input))).toBe(code)
    expect(await arrestEntries(lead)).toEqual([])
    if (code === 'role_required') return
    const facts = { kind: 'lead', id: lead.id }
    expect((await leads.entries()).at(-1)).toMatchObject({ act: 'record.withheld', facts })
  })

  it('is shut by the database, too, whatever the program asks for', async () => {
    const lead = await leads.issued()
    const derived = await leads.corroborated(lead, { derivedFromLead: true })
    const { agency, account } = leads.people.requester
    const insert = (standsAlone: boolean) =>
      leads.deps.store.transaction({ agency }, (tx) =>
        sql`insert into reliance (id, agency, lead, corroboration, stands_alone, recorded_by, recorded_at)
          values ('rely_x', ${agency}, ${lead.id}, ${derived.id}, ${standsAlone}, ${account}, now())`.execute(tx),
      )
    await expect(insert(true)).rejects.toThrow('foreign key')
    await expect(insert(false)).rejects.toThrow('check constraint')
  })
})
