import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueLead } from './issue-lead.ts'
import { codeOf, must, openTestLeads, type TestLeads } from './lead.fixture.ts'
import type { Lead } from './lead.ts'
import { leadCandidateImage, leadProbeImage } from './lead-images.ts'
import { listLeads } from './list-leads.ts'
import { readLead } from './read-lead.ts'

let leads: TestLeads
let lead: Lead
beforeAll(async () => {
  leads = await openTestLeads()
  lead = await leads.issued()
})
afterAll(() => leads.deps.store.close())

describe('readLead', () => {
  it('holds the candidate, the whole list with the verdicts of both, who examined, and what limits it', async () => {
    const file = must(await readLead(leads.deps, leads.people.requester, lead.id))
    expect(file.lead).toEqual(lead)
    expect(file.request).toMatchObject({
      ...{ caseNumber: '20-1114732', crimeLabel: 'Robbery', requesterName: 'Officer requester' },
      ...{ agencyName: 'Marrow Bay Police Department', agencyOri: 'CA0190000' },
    })
    expect(file.policyDigest).toMatch(/^[0-9a-f]{64}$/)
    expect(file.candidate).toMatchObject({ rank: 1, photoDate: '2018-03-12', photoAgeYears: 8 })
    expect(file.candidate.bookingNumber).toMatch(/^2018-00\d$/)
    expect(file.searched).toBe(4)
    expect(file.expectedByChance.sentence).toContain('4 photographs searched')
    const verdicts = file.candidates.map((one) => [one.rank, one.verdictFirst, one.verdictSecond, one.verdictThird])
    expect(verdicts).toEqual([
      [1, 'cannot_exclude', 'cannot_exclude', null],
      [2, 'excluded', 'excluded', null],
      [3, 'excluded', 'excluded', null],
    ])
    expect(file.examiners.map((one) => [one.order, one.name])).toEqual([
      [1, 'Officer first'],
      [2, 'Officer second'],
    ])
    expect(file.limitations).toEqual(['The left ear is covered. (Officer first)'])
    expect(file.probe).toMatchObject({ width: 600, height: 600, capturedAt: '2026-11-19T22:14:00.00Z' })
  })

  it('S-7: says when the probe is a photograph of a document', async () => {
    const request = await leads.searched('PERSON:ann:card', { probeSource: 'document_photo' })
    await leads.examine(leads.people.first, request, { lead: 1 })
    const { verified } = await leads.examine(leads.people.second, request, { lead: 1 })
    if (verified === undefined) throw new Error('The examiners did not agree.')
    const { id } = must(await issueLead(leads.deps, leads.people.second, verified))
    const file = must(await readLead(leads.deps, leads.people.requester, id))
    expect(file.limitations).toEqual(['The probe is a photograph of a document; it may not show the person sought.'])
  })

  it.each([
    ['requester', 'ok'],
    ['first', 'ok'],
    ['second', 'ok'],
    ['supervisor', 'ok'],
    ['auditor', 'ok'],
    ['third', 'not_found'],
    ['colleague', 'not_found'],
    ['stranger', 'not_found'],
    ['custodian', 'role_required'],
  ] as const)('%s: %s, for the file and for its images', async (name, code) => {
    const actor = leads.people[name]
    expect(codeOf(await readLead(leads.deps, actor, lead.id))).toBe(code)
    if (code === 'not_found') {
      const facts = { kind: 'lead', id: lead.id }
      expect((await leads.entries()).at(-1)).toMatchObject({ act: 'record.withheld', actor: actor.account, facts })
    }
    expect(codeOf(await leadProbeImage(leads.deps, actor, lead.id))).toBe(code)
    expect(codeOf(await leadCandidateImage(leads.deps, actor, lead.id, lead.candidate))).toBe(code)
  })

  it('shows the photograph of any candidate on the list, and of no other', async () => {
    const { requester } = leads.people
    const file = must(await readLead(leads.deps, requester, lead.id))
    const images = await Promise.all(
      file.candidates.map((candidate) => leadCandidateImage(leads.deps, requester, lead.id, candidate.id)),
    )
    const texts = images.map((image) => Buffer.from(must(image)).toString())
    expect(texts.sort()).toEqual(['PERSON:ann:one', 'PERSON:ann:three', 'PERSON:ann:two'])
    expect(codeOf(await leadCandidateImage(leads.deps, requester, lead.id, 'cand_x'))).toBe('candidate_unknown')
  })
})

describe('listLeads', () => {
  it('lists to each person what that person may read, newest first', async () => {
    leads.deps.clock.advance(60_000)
    const later = await leads.issued()
    await leads.corroborated(later)
    const idsFor = async (name: keyof TestLeads['people']) =>
      must(await listLeads(leads.deps, leads.people[name])).map((summary) => summary.id)
    const all = await idsFor('supervisor')
    expect(all[0]).toBe(later.id)
    expect(all).toContain(lead.id)
    expect(await idsFor('auditor')).toEqual(all)
    expect(await idsFor('requester')).toEqual(all)
    expect(await idsFor('second')).toEqual(all)
    for (const name of ['third', 'colleague', 'stranger'] as const) expect(await idsFor(name)).toEqual([])
    expect(codeOf(await listLeads(leads.deps, leads.people.custodian))).toBe('role_required')
    const [summary] = must(await listLeads(leads.deps, leads.people.requester))
    expect(summary).toMatchObject({
      ...{ id: later.id, caseNumber: '20-1114732', crimeLabel: 'Robbery', status: 'open', corroborations: 1 },
      requesterName: 'Officer requester',
    })
  })
})
