import { ask, enrolPeople, type StaffName, send, type TestDoor, upload } from './door.fixture.ts'

export const NARRATIVE = 'The window was broken at night and a till was emptied.'
export const CASE_NUMBER = '26-000777'

/** A form that policy permits. */
export function form(probe: string, changes: object = {}) {
  return {
    ...{ caseNumber: CASE_NUMBER, crimeCode: 'BURGLARY-BREAKING_ENTERING', purpose: 'investigate_crime' },
    predicate: { level: 'reasonable_suspicion', narrative: NARRATIVE },
    ...{
      beneficiaryOri: 'CA0194200',
      probe,
      faceIndex: 0,
      probeSource: 'cctv',
      depicts: 'person_sought',
      attested: true,
    },
    acquisition: { basis: 'business_record', from: 'Owner of the shop', at: '2026-11-20' },
    ...{ capturedAt: '2026-11-20', conflictDeclared: false, limit: 10 },
    ...changes,
  }
}

export async function probeOf(door: TestDoor, who: StaffName, image: string): Promise<string> {
  const response = await send(door, who, '/api/probes', upload(image))
  if (response.statusCode !== 201) throw new Error(response.body)
  return response.json().id
}

/** Files a request as the officer; answers with its id. */
export async function fileRequest(door: TestDoor, changes: object = {}, who: StaffName = 'officer'): Promise<string> {
  const probe = await probeOf(door, who, 'PERSON:mara:probe')
  const response = await ask(door, who, 'POST', '/api/requests', form(probe, changes))
  if (response.statusCode !== 201) throw new Error(response.body)
  return response.json().request.id
}

/** A request that was searched; the gallery must hold people. */
export async function searchedRequest(door: TestDoor): Promise<string> {
  const id = await fileRequest(door)
  const response = await ask(door, 'officer', 'POST', `/api/requests/${id}/search`)
  if (response.statusCode !== 200) throw new Error(response.body)
  return id
}

/** Enrols Mara twice, so that she is found, and others. */
export async function fillGallery(door: TestDoor): Promise<string> {
  return enrolPeople(door, ['mara', 'nell', 'otto', 'pia'])
}

export interface OpenView {
  readonly id: string
  readonly candidates: readonly { readonly id: string; readonly imageUrl: string }[]
}

/** Opens an examination, gives the verdicts and signs; the named candidate is the first of the view. */
export async function examine(door: TestDoor, who: StaffName, request: string, conclusion: string) {
  const opened = await ask(door, who, 'POST', `/api/requests/${request}/examinations`)
  if (opened.statusCode !== 200) throw new Error(opened.body)
  const view: OpenView = opened.json()
  const isLead = conclusion === 'investigative_lead'
  for (const { id } of view.candidates) {
    const verdict = isLead && id === view.candidates[0]?.id ? 'cannot_exclude' : 'excluded'
    const payload = { verdict, note: `Note of ${who}` }
    const given = await ask(door, who, 'PUT', `/api/examinations/${view.id}/verdicts/${id}`, payload)
    if (given.statusCode !== 200) throw new Error(given.body)
  }
  const leadCandidate = isLead ? { leadCandidate: view.candidates[0]?.id } : {}
  const payload = { conclusion, justification: `Justification of ${who}`, limitations: 'Low light.', ...leadCandidate }
  return ask(door, who, 'POST', `/api/examinations/${view.id}/signature`, payload)
}

/** A request, two examiners who agree, a lead. */
export async function issuedLead(door: TestDoor): Promise<{ request: string; lead: string }> {
  const request = await searchedRequest(door)
  await examine(door, 'first', request, 'investigative_lead')
  const signed = await examine(door, 'second', request, 'investigative_lead')
  if (signed.json().lead === null) throw new Error(signed.body)
  return { request, lead: signed.json().lead.id }
}
