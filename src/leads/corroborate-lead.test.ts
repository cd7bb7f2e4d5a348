import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CorroborationInput, recordCorroboration } from './corroborate-lead.ts'
import { CORROBORATION_TYPES } from './corroboration.ts'
import { codeOf, fingerprint, must, openTestLeads, type TestLeads } from './lead.fixture.ts'
import type { Lead } from './lead.ts'
import { readLead } from './read-lead.ts'

let leads: TestLeads
let lead: Lead
beforeAll(async () => {
  leads = await openTestLeads()
  lead = await leads.issued()
})
afterAll(() => leads.deps.store.close())

async function record(changes: Partial<CorroborationInput>) {
  return await recordCorroboration(leads.deps, leads.people.requester, { ...fingerprint(lead.id), ...changes })
}

describe('recordCorroboration', () => {
  it('keeps the evidence beside the lead and logs its kind, never its text', async () => {
    const kept = must(await record({ note: '  Left thumb.  ', obtainedAt: '2026-11-20T23:30:00-08:00' }))
    expect(kept).toMatchObject({
      ...{ lead: lead.id, type: 'fingerprint', obtainedAt: '2026-11-21T07:30:00.00Z', note: 'Left thumb.' },
      ...{ reference: 'LAB-2026-0311', recordedAt: '2026-11-22T15:00:00.00Z' },
    })
    const last = (await leads.entries()).at(-1)
    const facts = { lead: lead.id, type: 'fingerprint', independent: true }
    expect(last).toMatchObject({ act: 'corroboration.recorded', about: kept.id, facts })
    expect(JSON.stringify(last)).not.toContain('LAB-2026')
    const file = must(await readLead(leads.deps, leads.people.requester, lead.id))
    expect(file.corroborations).toContainEqual(kept)
  })

  it('keeps evidence that is not independent, and says so in the log', async () => {
    must(await record({ independentOfLead: true, derivedFromLead: true }))
    expect((await leads.entries()).at(-1)?.facts).toMatchObject({ independent: false })
  })

  it.each([
    [{ type: 'hunch' }, 'corroboration_type_unknown', 'type'],
    [{ obtainedAt: '2026-11-23' }, 'obtained_at_invalid', 'obtainedAt'],
    [{ obtainedAt: '2026-02-31' }, 'obtained_at_invalid', 'obtainedAt'],
    [{ obtainedAt: 'yesterday' }, 'obtained_at_invalid', 'obtainedAt'],
    [{ obtainedAt: '2026-11-20T25:00Z' }, 'obtained_at_invalid', 'obtainedAt'],
    [{ reference: '   ' }, 'reference_missing', 'reference'],
    [{ reference: 'x'.repeat(201) }, 'text_too_long', 'reference'],
    [{ note: 'x'.repeat(2001) }, 'text_too_long', 'note'],
  ])('refuses %o as %s', async (changes, code, where) => {
    const before = (await leads.entries()).length
    expect(await record(changes)).toMatchObject({ problem: { kind: 'refusal', code, where } })
    expect(await leads.entries()).toHaveLength(before)
  })

  it.each([
    ['2026-11-22T15:00:00Z', 'ok'],
    ['2026-11-22T15:00:00.001Z', 'obtained_at_invalid'],
    ['2026-11-22T07:00:00-08:00', 'ok'],
    ['2026-11-22T07:00:01-08:00', 'obtained_at_invalid'],
    ['2026-11-22', 'ok'],
    ['2024-02-29', 'ok'],
    ['2025-02-29', 'obtained_at_invalid'],
    ['2026-11-20T10:00', 'obtained_at_invalid'],
    [' 2026-11-20', 'obtained_at_invalid'],
    ['20.11.2026', 'obtained_at_invalid'],
    ['', 'obtained_at_invalid'],
  ])('obtained at "%s": %s', async (obtainedAt, code) => {
    expect(codeOf(await record({ obtainedAt }))).toBe(code)
  })

  it.each(CORROBORATION_TYPES.map(({ code }) => code))('takes evidence of the kind %s', async (type) => {
    const kept = must(await record({ type }))
    expect(kept.type).toBe(type)
    expect((await leads.entries()).at(-1)?.facts).toEqual({ lead: lead.id, type, independent: true })
  })

  it('drops what no reader can see, and counts only what is left', async () => {
    const kept = must(await record({ reference: `\u0000${'x'.repeat(200)} \u0000`, note: ' \u0000 ' }))
    expect([kept.reference.length, kept.note]).toEqual([200, null])
    expect(codeOf(await record({ reference: '\u0000' }))).toBe('reference_missing')
  })

  it('takes texts at their limits', async () => {
    const kept = must(await record({ reference: 'x'.repeat(200), note: 'y'.repeat(2000) }))
    expect([kept.reference.length, kept.note?.length]).toEqual([200, 2000])
  })

  it.each([
    ['supervisor', 'ok'],
    ['colleague', 'not_found'],
    ['stranger', 'not_found'],
    ['first', 'role_required'],
    ['auditor', 'role_required'],
    ['custodian', 'role_required'],
  ] as const)('%s: %s', async (name, code) => {
    const outcome = await recordCorroboration(leads.deps, leads.people[name], fingerprint(lead.id))
    expect(codeOf(outcome)).toBe(code)
  })
})
