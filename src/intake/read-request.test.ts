import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, goodForm, must, openTestIntake, person, type TestIntake } from './intake.fixture.ts'
import { listRequests } from './list-requests.ts'
import { readRequest } from './read-request.ts'
import { insertRequest, requestOf } from './records-request.ts'
import type { RequestInput, SearchRequest } from './request.ts'
import { submitRequest } from './submit-request.ts'

const officer = person('rivera', 'a', 'investigator')
const colleague = person('okafor', 'a', 'investigator')
const supervisor = person('chen', 'a', 'supervisor')
const auditor = person('ash', 'a', 'auditor')
const foreigner = person('stone', 'b', 'investigator', 'supervisor', 'auditor')

let intake: TestIntake
let probe: string

beforeAll(async () => {
  intake = await openTestIntake()
  probe = (await intake.probe(officer, 'TWOFACES')).id
})

afterAll(() => intake.store.close())

async function filed(changes: Partial<RequestInput> = {}): Promise<SearchRequest> {
  return must(await submitRequest(intake.deps, officer, goodForm(probe, changes)))
}

describe('who sees a request', () => {
  it('a requester lists his own, supervisors and auditors their agency, others nothing of it', async () => {
    const mine = await filed({ caseNumber: '20-0000001' })
    const ids = async (actor: typeof officer) => (await listRequests(intake.deps, actor)).map((line) => line.id)
    expect(await ids(officer)).toContain(mine.id)
    expect(await ids(supervisor)).toContain(mine.id)
    expect(await ids(auditor)).toContain(mine.id)
    expect(await ids(colleague)).toEqual([])
    expect(await ids(foreigner)).toEqual([])
    const line = (await listRequests(intake.deps, officer)).find((one) => one.id === mine.id)
    expect(line).toEqual({
      id: mine.id,
      createdAt: mine.createdAt,
      caseNumber: '20-0000001',
      crimeCode: 'ROBBERY',
      crimeLabel: 'Robbery',
      purpose: 'investigate_crime',
      state: 'submitted',
      stateSentence: 'Waiting for the policy decision.',
      requesterName: 'rivera',
    })
  })

  it('lists the newest first', async () => {
    intake.deps.clock.advance(60_000)
    const later = await filed()
    expect((await listRequests(intake.deps, officer))[0]?.id).toBe(later.id)
  })

  it.each([colleague, foreigner])('%s asks for one by id: there is none, and that is logged', async (reader) => {
    const request = await filed()
    expect(codeOf(await readRequest(intake.deps, reader, request.id))).toBe('not_found')
    expect((await intake.entries()).at(-1)).toMatchObject({
      act: 'record.withheld',
      actor: reader.account,
      facts: { kind: 'request', id: request.id },
    })
  })

  it('row-level security holds below the acts', async () => {
    const request = await filed()
    const seenBy = (agency: string | null) => intake.store.transaction({ agency }, (tx) => requestOf(tx, request.id))
    expect((await seenBy('agcy_a'))?.id).toBe(request.id)
    expect(await seenBy('agcy_b')).toBeNull()
    expect(await seenBy(null)).toBeNull()
    const forged = { ...request, id: 'req_00000000000000000009' }
    const insert = intake.store.transaction({ agency: 'agcy_b' }, (tx) => insertRequest(tx, forged, '0'.repeat(64)))
    await expect(insert).rejects.toThrow(/row-level security/)
  })
})
