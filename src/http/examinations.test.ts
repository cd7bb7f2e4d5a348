import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CASE_NUMBER, examine, fillGallery, NARRATIVE, type OpenView, searchedRequest } from './case.fixture.ts'
import { acts, ask, openTestDoor, type StaffName, type TestDoor } from './door.fixture.ts'

let door: TestDoor

beforeAll(async () => {
  door = await openTestDoor()
  await fillGallery(door)
})

afterAll(() => door.close())

async function open(who: StaffName, request: string): Promise<OpenView> {
  const response = await ask(door, who, 'POST', `/api/requests/${request}/examinations`)
  if (response.statusCode !== 200) throw new Error(response.body)
  return response.json()
}

describe('the queue', () => {
  it('says what waits and nothing about the case', async () => {
    const request = await searchedRequest(door)
    const response = await ask(door, 'first', 'GET', '/api/examinations')
    const place = response.json().queue.find((one: { request: string }) => one.request === request)
    expect(place).toMatchObject({ request, order: 1, state: 'waiting', examination: null })
    expect(response.body).not.toContain(CASE_NUMBER)
    expect(response.body).not.toMatch(/BURGLARY|officer|broken/)
    const { id } = await open('first', request)
    const mine = (await ask(door, 'first', 'GET', '/api/examinations')).json().queue
    expect(mine.find((one: { request: string }) => one.request === request)).toMatchObject({
      state: 'mine',
      examination: id,
    })
  })
})

describe('an examination', () => {
  it('shows probe and candidates by address, and their photographs', async () => {
    const request = await searchedRequest(door)
    const view = await open('first', request)
    expect(view).toMatchObject({ request, order: 1, signed: false, probe: { width: 600, height: 600 } })
    const probe = await ask(door, 'first', 'GET', `/api/examinations/${view.id}/probe/image`)
    expect(probe.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' })
    expect(probe.rawPayload.toString()).toBe('PERSON:mara:probe')
    const candidate = await ask(door, 'first', 'GET', view.candidates[0]?.imageUrl ?? '')
    expect(candidate.rawPayload.toString()).toBe('PERSON:mara:booking')
    expect((await ask(door, 'first', 'GET', `/api/examinations/${view.id}`)).json()).toEqual(view)
  })

  it('takes verdicts, the last of which counts', async () => {
    const view = await open('first', await searchedRequest(door))
    const url = `/api/examinations/${view.id}/verdicts/${view.candidates[0]?.id}`
    const first = await ask(door, 'first', 'PUT', url, { verdict: 'inconclusive', note: 'Dark.' })
    expect(first.json()).toEqual({ candidate: view.candidates[0]?.id, verdict: 'inconclusive', note: 'Dark.' })
    await ask(door, 'first', 'PUT', url, { verdict: 'excluded' })
    const read = (await ask(door, 'first', 'GET', `/api/examinations/${view.id}`)).json()
    expect(read.candidates[0]).toMatchObject({ verdict: 'excluded', note: null })
  })

  it.each([
    [422, 'verdict_unknown', { verdict: 'same_person' }],
    [422, 'input_invalid', { verdict: 'excluded', score: 1 }],
    [422, 'text_too_long', { verdict: 'excluded', note: 'x'.repeat(2001) }],
  ])('%i %s', async (status, code, payload) => {
    const view = await open('first', await searchedRequest(door))
    const url = `/api/examinations/${view.id}/verdicts/${view.candidates[0]?.id}`
    const response = await ask(door, 'first', 'PUT', url, payload)
    expect(response.json()).toMatchObject({ status, code })
  })

  it('404 for a candidate that is not on the list', async () => {
    const view = await open('first', await searchedRequest(door))
    const url = `/api/examinations/${view.id}/verdicts/cand_none`
    expect((await ask(door, 'first', 'PUT', url, { verdict: 'excluded' })).statusCode).toBe(404)
    const image = `/api/examinations/${view.id}/candidates/cand_none/image`
    expect((await ask(door, 'first', 'GET', image)).statusCode).toBe(404)
  })

  it('409 when verdicts are missing, and when it is signed already', async () => {
    const request = await searchedRequest(door)
    const view = await open('first', request)
    const payload = { conclusion: 'no_viable_candidate', justification: 'None is alike.' }
    const early = await ask(door, 'first', 'POST', `/api/examinations/${view.id}/signature`, payload)
    expect(early.json()).toMatchObject({ status: 409, code: 'verdicts_missing' })
    expect((await examine(door, 'first', request, 'no_viable_candidate')).statusCode).toBe(200)
    const again = await ask(door, 'first', 'POST', `/api/examinations/${view.id}/signature`, payload)
    expect(again.json()).toMatchObject({ status: 409, code: 'examination_signed' })
  })

  it("another examiner's, or another agency's, is not there, and the question is logged", async () => {
    const request = await searchedRequest(door)
    const view = await open('first', request)
    const other = await ask(door, 'second', 'GET', `/api/examinations/${view.id}`)
    expect(other.json()).toMatchObject({ status: 404, code: 'not_found' })
    expect((await acts(door)).at(-1)).toMatchObject({ act: 'record.withheld', facts: { id: view.id } })
  })
})

describe('S-12: the second examiner is blind', () => {
  it('gets none of the values: score, rank, verdict, note, conclusion, story, case, names, real ids', async () => {
    const request = await searchedRequest(door)
    const first = await open('first', request)
    await examine(door, 'first', request, 'investigative_lead')
    const record = (await ask(door, 'supervisor', 'GET', `/api/requests/${request}/examination-record`)).json()
    const opened = await ask(door, 'second', 'POST', `/api/requests/${request}/examinations`)
    const view = opened.json()
    expect(view).toMatchObject({ order: 2, signed: false })
    const bodies = [opened.body, (await ask(door, 'second', 'GET', `/api/examinations/${view.id}`)).body]
    bodies.push((await ask(door, 'second', 'GET', '/api/examinations')).body)
    const secrets = [
      ...[NARRATIVE, CASE_NUMBER, 'BURGLARY', 'Note of first', 'Justification of first', 'cannot_exclude', 'Name of'],
      ...[first.id, ...first.candidates.map((candidate) => candidate.id)],
      ...record.candidates.flatMap((one: { id: string; score: number }) => [one.id, String(one.score).slice(0, 6)]),
      ...['bkg_', 'acct_', 'score', 'rank', 'expectedByChance'],
    ]
    for (const body of bodies) for (const secret of secrets) expect(body).not.toContain(secret)
    expect(
      view.candidates.every((one: { verdict: unknown; note: unknown }) => one.verdict === null && one.note === null),
    ).toBe(true)
  })

  it('and may not read the record before signing', async () => {
    const request = await searchedRequest(door)
    await examine(door, 'first', request, 'investigative_lead')
    for (const who of ['second', 'third', 'officer'] as const) {
      const response = await ask(door, who, 'GET', `/api/requests/${request}/examination-record`)
      expect(response.statusCode).toBe(403)
    }
  })
})

describe('signatures', () => {
  it('first: awaiting the second; two that agree on a lead: a lead', async () => {
    const request = await searchedRequest(door)
    const first = await examine(door, 'first', request, 'investigative_lead')
    expect(first.json()).toEqual({ request, order: 1, state: 'awaiting_second', outcome: null, lead: null })
    const second = await examine(door, 'second', request, 'investigative_lead')
    expect(second.json()).toMatchObject({ order: 2, state: 'agreed', outcome: 'investigative_lead' })
    const { id } = second.json().lead
    const page = await ask(door, 'officer', 'GET', `/api/requests/${request}`)
    expect(page.json()).toMatchObject({ request: { state: 'lead' }, lead: { id } })
  })

  it('two that differ stay unresolved until a third decides', async () => {
    const request = await searchedRequest(door)
    await examine(door, 'first', request, 'investigative_lead')
    const second = await examine(door, 'second', request, 'no_viable_candidate')
    expect(second.json()).toMatchObject({ state: 'unresolved', outcome: null, lead: null })
    const third = await examine(door, 'third', request, 'no_viable_candidate')
    expect(third.json()).toMatchObject({ order: 3, state: 'resolved', outcome: 'no_viable_candidate', lead: null })
    const record = (await ask(door, 'officer', 'GET', `/api/requests/${request}/examination-record`)).json()
    expect(record).toMatchObject({
      state: 'settled',
      outcome: 'no_viable_candidate',
      settledBy: 'majority',
      scale: 'cosine',
    })
    expect(record.examinations.map((one: { order: number }) => one.order)).toEqual([1, 2, 3])
    expect(record.candidates[0].verdicts).toHaveLength(3)
  })

  it('nobody examines twice', async () => {
    const request = await searchedRequest(door)
    await examine(door, 'first', request, 'inconclusive')
    const again = await ask(door, 'first', 'POST', `/api/requests/${request}/examinations`)
    expect([403, 409]).toContain(again.statusCode)
  })
})
