import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CASE_NUMBER, fillGallery, issuedLead } from './case.fixture.ts'
import { acts, ask, openTestDoor, type TestDoor } from './door.fixture.ts'

let door: TestDoor
let lead: string
let request: string

const EVIDENCE = {
  ...{ type: 'fingerprint', independentOfLead: true, derivedFromLead: false },
  ...{ obtainedAt: '2026-11-21', reference: 'LAB-2026-118', note: 'From the window frame.' },
}

beforeAll(async () => {
  door = await openTestDoor()
  await fillGallery(door)
  const issued = await issuedLead(door)
  lead = issued.lead
  request = issued.request
})

afterAll(() => door.close())

describe('a lead', () => {
  it('is listed for the requester, the examiners and the supervisor, and for nobody elsewhere', async () => {
    for (const who of ['officer', 'first', 'supervisor'] as const) {
      const { leads } = (await ask(door, who, 'GET', '/api/leads')).json()
      expect(leads.map((one: { id: string }) => one.id)).toEqual([lead])
      expect(leads[0]).toMatchObject({ request, status: 'open', caseNumber: CASE_NUMBER, corroborations: 0 })
      expect(leads[0].crimeLabel).toBe('Burglary / breaking and entering')
    }
    expect((await ask(door, 'neighbour', 'GET', '/api/leads')).json().leads).toEqual([])
  })

  it('is shown with disclaimer, whole list, examiners and what chance brings', async () => {
    const response = await ask(door, 'officer', 'GET', `/api/leads/${lead}`)
    expect(response.statusCode).toBe(200)
    const page = response.json()
    expect(page.disclaimer).toContain('This is an investigative lead, not an identification.')
    expect(page).toMatchObject({
      ...{ id: lead, status: 'open', searched: 4, settledBy: 'agreement' },
      ...{ proof: { enrolled: 4, certified: true }, narrowed: null },
      searchSentence: 'Searched 4 photographs. The list is proved exact over 4 photographs.',
      request: {
        id: request,
        caseNumber: CASE_NUMBER,
        agencyName: 'Lakeside Police',
        requesterName: 'Name of officer',
      },
      candidate: { scale: 'cosine', rank: 1, bookingNumber: 'B-0', photoDate: '2024-05-31' },
    })
    expect(page.candidates[0]).toMatchObject({
      rank: 1,
      verdictFirst: 'cannot_exclude',
      verdictSecond: 'cannot_exclude',
    })
    expect(page.examiners.map((one: { name: string }) => one.name)).toEqual(['Name of first', 'Name of second'])
    expect(page.expectedByChance.sentence).not.toBe('')
    expect(page.limitations.join(' ')).toContain('Low light.')
  })

  it('has its photographs, in no cache', async () => {
    const page = (await ask(door, 'officer', 'GET', `/api/leads/${lead}`)).json()
    const probe = await ask(door, 'officer', 'GET', page.probe.imageUrl)
    expect(probe.rawPayload.toString()).toBe('PERSON:mara:probe')
    const candidate = await ask(door, 'officer', 'GET', page.candidate.imageUrl)
    expect(candidate.rawPayload.toString()).toBe('PERSON:mara:booking')
    expect(candidate.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' })
  })

  it('is not there for another agency, in any of its parts, and the question is logged', async () => {
    const page = (await ask(door, 'officer', 'GET', `/api/leads/${lead}`)).json()
    const parts = [`/api/leads/${lead}`, page.probe.imageUrl, page.candidate.imageUrl, `/api/leads/${lead}/sheet.pdf`]
    for (const url of parts) {
      const response = await ask(door, 'neighbour', 'GET', url)
      expect(response.statusCode, url).toBe(404)
      expect((await acts(door)).at(-1)?.act).toBe('record.withheld')
    }
  })
})

describe('evidence and reliance', () => {
  it('422 names what cannot be used', async () => {
    const send = (changes: object) =>
      ask(door, 'officer', 'POST', `/api/leads/${lead}/corroborations`, { ...EVIDENCE, ...changes })
    expect((await send({ type: 'gossip' })).json()).toMatchObject({ status: 422, where: 'type' })
    expect((await send({ obtainedAt: 'soon' })).json()).toMatchObject({ status: 422, where: 'obtainedAt' })
    expect((await send({ reference: ' ' })).json()).toMatchObject({ status: 422, where: 'reference' })
    expect((await send({ independentOfLead: 'yes' })).json()).toMatchObject({ status: 422, where: 'independentOfLead' })
  })

  it('an arrest cannot rest on nothing, nor on what came from the lead', async () => {
    const missing = await ask(door, 'officer', 'POST', `/api/leads/${lead}/reliance`, { corroboration: 'corr_none' })
    expect(missing.json()).toMatchObject({ status: 409, code: 'corroboration_missing' })
    const derived = { ...EVIDENCE, type: 'statement', independentOfLead: false, derivedFromLead: true }
    const recorded = await ask(door, 'officer', 'POST', `/api/leads/${lead}/corroborations`, derived)
    expect(recorded.statusCode).toBe(201)
    const payload = { corroboration: recorded.json().id }
    const refused = await ask(door, 'officer', 'POST', `/api/leads/${lead}/reliance`, payload)
    expect(refused.json()).toMatchObject({ status: 409, code: 'corroboration_not_independent' })
    expect((await acts(door)).at(-1)).toMatchObject({ act: 'arrest.refused' })
  })

  it('it can rest on independent evidence, and both are shown with who wrote them down', async () => {
    const recorded = await ask(door, 'officer', 'POST', `/api/leads/${lead}/corroborations`, EVIDENCE)
    expect(recorded.json()).toMatchObject({ typeLabel: 'Fingerprint comparison', recordedByName: 'Name of officer' })
    const corroboration = recorded.json().id
    const relied = await ask(door, 'supervisor', 'POST', `/api/leads/${lead}/reliance`, { corroboration })
    expect(relied.statusCode).toBe(201)
    expect(relied.json()).toMatchObject({ corroboration, recordedByName: 'Name of supervisor' })
    const page = (await ask(door, 'officer', 'GET', `/api/leads/${lead}`)).json()
    expect(page.status).toBe('relied_on')
    expect(page.reliance).toEqual([relied.json()])
    expect(page.corroborations).toContainEqual(recorded.json())
  })

  it('is for the requester and supervisors', async () => {
    for (const who of ['first', 'auditor', 'custodian'] as const) {
      const response = await ask(door, who, 'POST', `/api/leads/${lead}/corroborations`, EVIDENCE)
      expect([403, 404], who).toContain(response.statusCode)
    }
    expect((await ask(door, 'first', 'POST', `/api/leads/${lead}/reliance`, { corroboration: 'x' })).statusCode).toBe(
      403,
    )
  })
})
