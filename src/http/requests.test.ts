import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CASE_NUMBER, fileRequest, fillGallery, form, NARRATIVE, probeOf, searchedRequest } from './case.fixture.ts'
import { acts, ask, openTestDoor, type TestDoor } from './door.fixture.ts'

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor()
  await fillGallery(door)
})

afterAll(() => door.close())

describe('POST /api/requests', () => {
  it('files and decides at once', async () => {
    const probe = await probeOf(door, 'officer', 'PERSON:mara:probe')
    const response = await ask(door, 'officer', 'POST', '/api/requests', form(probe))
    expect(response.statusCode).toBe(201)
    const { request, decision } = response.json()
    expect(request).toMatchObject({
      caseNumber: CASE_NUMBER,
      crimeLabel: 'Burglary / breaking and entering',
      state: 'permitted',
    })
    expect(request.predicate.narrative).toBe(NARRATIVE)
    expect(decision).toMatchObject({ outcome: 'permitted' })
    expect(decision.permit.id).toMatch(/^permit_/)
    expect(decision.findings.every((finding: { outcome: string }) => finding.outcome === 'allowed')).toBe(true)
  })

  it.each([
    ['case_number_missing', { caseNumber: '   ' }],
    ['case_number_missing', { caseNumber: undefined }],
    ['case_number_malformed', { caseNumber: 'soon' }],
    ['crime_type_missing', { crimeCode: '' }],
    ['crime_type_unknown', { crimeCode: 'LOOKING_ODD' }],
    ['outside_agency', { beneficiaryOri: 'CA0194300' }],
    ['acquisition_not_attested', { attested: false }],
  ])('keeps what policy refuses: %s', async (code, changes) => {
    const before = door.deps.engine.counts.templates
    const probe = await probeOf(door, 'officer', 'PERSON:mara:probe')
    const response = await ask(door, 'officer', 'POST', '/api/requests', form(probe, changes))
    expect(response.statusCode).toBe(201)
    const { request, decision } = response.json()
    expect(request.state).toBe('refused')
    expect(decision).toMatchObject({ outcome: 'refused', permit: null })
    const refused = decision.findings.filter((finding: { outcome: string }) => finding.outcome === 'refused')
    expect(refused.map((finding: { code: string }) => finding.code)).toContain(code)
    expect(refused[0].remedy).not.toBe('')
    expect((await acts(door)).at(-1)).toMatchObject({ act: 'request.refused' })
    const search = await ask(door, 'officer', 'POST', `/api/requests/${request.id}/search`)
    expect(search.statusCode).toBe(403)
    expect(search.json().code).toBe(code)
    expect(search.json().findings).toEqual(decision.findings)
    expect(door.deps.engine.counts.templates).toBe(before)
  })

  it('refuses who has no certificate', async () => {
    const probe = await probeOf(door, 'uncertified', 'PERSON:mara:probe')
    const response = await ask(door, 'uncertified', 'POST', '/api/requests', form(probe))
    expect(JSON.stringify(response.json().decision.findings)).toContain('certificate_missing')
    expect(response.json().decision.outcome).toBe('refused')
  })

  it.each([
    ['purpose', { purpose: 'curiosity' }],
    ['probe', { probe: 'probe_none' }],
    ['faceIndex', { faceIndex: 7 }],
    ['predicate.level', { predicate: { level: 'hunch', narrative: 'x' } }],
    ['predicate.narrative', { predicate: { level: 'emergency', narrative: 'x'.repeat(6000) } }],
    ['limit', { limit: 51 }],
    ['capturedAt', { capturedAt: 'yesterday' }],
    ['favourite', { favourite: true }],
  ])('422 names the field %s', async (where, changes) => {
    const probe = await probeOf(door, 'officer', 'PERSON:mara:probe')
    const response = await ask(door, 'officer', 'POST', '/api/requests', form(probe, changes))
    expect(response.statusCode).toBe(422)
    expect(response.json().where).toBe(where)
  })

  it("cannot use another agency's probe", async () => {
    const probe = await probeOf(door, 'officer', 'PERSON:mara:probe')
    const response = await ask(door, 'neighbour', 'POST', '/api/requests', form(probe, { beneficiaryOri: 'CA0194300' }))
    expect(response.json()).toMatchObject({ status: 422, where: 'probe' })
  })
})

describe('reading requests', () => {
  it('the requester sees the own ones, a supervisor the agency, a neighbour none', async () => {
    const id = await fileRequest(door)
    const ids = async (who: 'officer' | 'uncertified' | 'supervisor' | 'neighbour') => {
      const response = await ask(door, who, 'GET', '/api/requests')
      return response.json().requests.map((request: { id: string }) => request.id)
    }
    expect(await ids('officer')).toContain(id)
    expect(await ids('supervisor')).toContain(id)
    expect(await ids('uncertified')).not.toContain(id)
    expect(await ids('neighbour')).not.toContain(id)
  })

  it("another agency's request is 404 for everybody there, and logged", async () => {
    const id = await fileRequest(door)
    for (const who of ['neighbour', 'neighbourSupervisor'] as const) {
      for (const [method, url] of [
        ['GET', `/api/requests/${id}`],
        ['POST', `/api/requests/${id}/search`],
      ] as const) {
        const response = await ask(door, who, method, url)
        expect(response.statusCode).toBe(404)
        expect((await acts(door)).at(-1)).toMatchObject({ act: 'record.withheld', facts: { kind: 'request', id } })
      }
    }
  })

  it('before its search, a request page has a decision and no search', async () => {
    const id = await fileRequest(door)
    const page = await ask(door, 'officer', 'GET', `/api/requests/${id}`)
    expect(page.json()).toMatchObject({ request: { id, state: 'permitted' }, search: null, lead: null })
    expect(page.json().decision.permit).not.toBeNull()
  })
})

describe('POST /api/requests/:id/search', () => {
  it('tells how many were searched and no candidate', async () => {
    const id = await fileRequest(door)
    const response = await ask(door, 'officer', 'POST', `/api/requests/${id}/search`)
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({ search: { searched: 4 }, state: 'searched' })
    expect(response.json().search.returned).toBeGreaterThan(0)
    expect(response.body).not.toMatch(/score|rank|cand_|bkg_/)
    const page = await ask(door, 'officer', 'GET', `/api/requests/${id}`)
    expect(page.json().search).toEqual(response.json().search)
    expect(page.body).not.toMatch(/score|rank|cand_|bkg_/)
  })

  it('409 the second time: one request is one search', async () => {
    const id = await searchedRequest(door)
    const again = await ask(door, 'officer', 'POST', `/api/requests/${id}/search`)
    expect(again.statusCode).toBe(409)
    expect(again.json().code).toBe('request_already_searched')
  })

  it('403 for a supervisor: only the requester searches', async () => {
    const id = await fileRequest(door)
    const response = await ask(door, 'supervisor', 'POST', `/api/requests/${id}/search`)
    expect(response.statusCode).toBe(403)
    expect(response.json().code).toBe('not_the_requester')
  })

  it('403 with findings once a moratorium began, with no comparison', async () => {
    const id = await fileRequest(door)
    const before = { ...door.deps.engine.counts }
    const started = await ask(door, 'supervisor', 'POST', '/api/policy/moratorium', {
      reason: 'Review of the programme',
    })
    expect(started.json().moratorium).toMatchObject({ startedBy: 'Name of supervisor' })
    const response = await ask(door, 'officer', 'POST', `/api/requests/${id}/search`)
    await ask(door, 'supervisor', 'DELETE', '/api/policy/moratorium', { reason: 'Review done' })
    expect(response.statusCode).toBe(403)
    expect(response.json().code).toBe('moratorium')
    expect(response.json().findings.length).toBeGreaterThan(5)
    expect(door.deps.engine.counts).toEqual(before)
  })
})
