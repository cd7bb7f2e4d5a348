import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import type { Person } from './running-server.ts'

/** A case as the console's journeys need one: filed and searched through the API, so that the browser shows only what is asked. */
export async function searchedRequest(requester: Person, file: string, changes: object = {}): Promise<string> {
  const { request } = await filedRequest(requester, file, changes)
  const searched = await requester.send('POST', `/api/requests/${request.id}/search`)
  if (searched.status >= 300) throw new Error(searched.bytes.toString())
  return request.id
}

/** What policy answered to a request in which nothing is missing. */
export async function filedRequest(requester: Person, file: string, changes: object = {}) {
  const probe = (await requester.upload('/api/probes', await readFile(file))).body
  const { agency, crimes } = (await requester.get('/api/reference')).body
  const filed = await requester.send('POST', '/api/requests', {
    ...{ caseNumber: agency.caseNumberExample, crimeCode: crimes[0].code, purpose: 'investigate_crime' },
    predicate: { level: 'reasonable_suspicion', narrative: 'The person left the shop with the till.' },
    ...{ beneficiaryOri: agency.ori, probe: probe.id, faceIndex: 0, probeSource: 'cctv', depicts: 'person_sought' },
    acquisition: { basis: 'business_record', from: 'Shop owner' },
    ...{ attested: true, conflictDeclared: false, limit: 1, ...changes },
  })
  if (filed.status !== 201) throw new Error(filed.bytes.toString())
  return filed.body as { request: { id: string }; decision: { outcome: string } }
}

/** An examination of a list of one: it cannot be excluded, and becomes the lead. Answers with the lead, or null before the second. */
export async function agreeOnLead(examiner: Person, request: string): Promise<string | null> {
  const view = (await examiner.send('POST', `/api/requests/${request}/examinations`)).body
  const leadCandidate = view.candidates[0].id
  await examiner.send('PUT', `/api/examinations/${view.id}/verdicts/${leadCandidate}`, { verdict: 'cannot_exclude' })
  const signature = { conclusion: 'investigative_lead', leadCandidate, justification: 'Brow and ear agree.' }
  const signed = await examiner.send('POST', `/api/examinations/${view.id}/signature`, signature)
  if (signed.status >= 300) throw new Error(signed.bytes.toString())
  return signed.body.lead?.id ?? null
}

/** The request form with everything policy asks for; the page has the photograph and its face already. */
export async function fillRequest(page: Page, caseNumber: string): Promise<void> {
  await page.fill('#caseNumber', caseNumber)
  await page.click('#crimeCode')
  await page.keyboard.type('robb')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.check('#purpose')
  await page.check('#predicateLevel')
  await page.fill('#narrative', 'The person left the shop with the till.')
  await page.selectOption('#probeSource', 'cctv')
  await page.selectOption('#acquisitionBasis', 'business_record')
  await page.fill('#acquiredFrom', 'Shop owner')
  await page.check('#depicts')
  await page.check('#attested')
  await page.check('#conflict')
}
