import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examinationQueue } from './examination-queue.ts'
import { examinationRecord } from './examination-record.ts'
import { openExamination } from './open-examination.ts'
import { recordVerdict } from './record-verdict.ts'
import { must, openTestCounty, type PersonName, type TestCounty } from './test-county.ts'

let county: TestCounty
beforeAll(async () => {
  county = await openTestCounty()
})
afterAll(() => county.deps.store.close())

async function answerTo(name: PersonName, request: string): Promise<string> {
  const outcome = await examinationRecord(county.deps, county.people[name], request)
  return outcome.ok ? outcome.value.state : outcome.problem.code
}

describe('examinationRecord', () => {
  it('holds the whole list with scores, and every signed verdict with its examiner', async () => {
    const { first, second, supervisor } = county.people
    const request = await county.searched()
    await county.examine(first, request, { lead: 1, limitations: 'Dark.' })
    await county.examine(second, request, { lead: 1 })
    const record = must(await examinationRecord(county.deps, supervisor, request))
    expect(record).toMatchObject({
      state: 'settled',
      outcome: 'investigative_lead',
      settledBy: 'agreement',
      searched: 4,
      proof: { enrolled: 4, certified: true },
      narrowed: null,
      searchSentence: 'Searched 4 photographs. The list is proved exact over 4 photographs.',
    })
    expect(record.candidates.map((candidate) => candidate.rank)).toEqual([1, 2, 3])
    expect(record.candidates[0]).toMatchObject({ id: record.candidate, photoDate: '2018-03-12' })
    expect(record.candidates[0]?.score).toBeGreaterThan(0.8)
    expect(record.candidates.map((one) => one.verdicts.map((verdict) => verdict.verdict))).toEqual([
      ['cannot_exclude', 'cannot_exclude'],
      ['excluded', 'excluded'],
      ['excluded', 'excluded'],
    ])
    expect(record.examinations).toMatchObject([
      { order: 1, examiner: { account: first.account, name: first.name }, signature: { limitations: 'Dark.' } },
      { order: 2, examiner: { account: second.account }, signature: { conclusion: 'investigative_lead' } },
    ])
  })

  it('keeps back what an open examination holds so far', async () => {
    const { first, second, supervisor } = county.people
    const request = await county.searched()
    await county.examine(first, request, { lead: 1 })
    const view = must(await openExamination(county.deps, second, request))
    const candidate = view.candidates[0]?.id ?? ''
    must(await recordVerdict(county.deps, second, { examination: view.id, candidate, verdict: 'inconclusive' }))
    const record = must(await examinationRecord(county.deps, supervisor, request))
    expect(record.state).toBe('in_progress')
    expect(record.examinations[1]).toMatchObject({ order: 2, signature: null })
    expect(record.candidates.flatMap((one) => one.verdicts.map((verdict) => verdict.order))).toEqual([1, 1, 1])
  })

  it('before it is settled, opens to supervisors, auditors and who signed; to nobody who may still be asked', async () => {
    const request = await county.searched()
    expect(await answerTo('supervisor', request)).toBe('waiting')
    await county.examine(county.people.first, request, { lead: 1 })
    const answers = {
      ...{ supervisor: 'in_progress', auditor: 'in_progress', first: 'in_progress' },
      ...{ second: 'record_closed_until_settled', both: 'record_closed_until_settled' },
      ...{ requester: 'record_closed_until_settled', colleague: 'not_found', custodian: 'role_required' },
    }
    for (const [name, answer] of Object.entries(answers)) {
      expect([name, await answerTo(name as PersonName, request)]).toEqual([name, answer])
    }
  })

  it('once it is settled, opens to the requester, but not to examiners who had no part in it', async () => {
    const request = await county.searched()
    await county.examine(county.people.first, request)
    await county.examine(county.people.second, request)
    expect(await answerTo('requester', request)).toBe('settled')
    expect(await answerTo('both', request)).toBe('settled')
    expect(await answerTo('third', request)).toBe('not_found')
    expect(await answerTo('colleague', request)).toBe('not_found')
  })

  it("answers another agency's supervisor as if there were none, and logs it", async () => {
    const request = await county.searched()
    expect(await answerTo('stranger', request)).toBe('not_found')
    const facts = { kind: 'request', id: request }
    expect((await county.entries()).at(-1)).toMatchObject({ act: 'record.withheld', facts })
  })
})

describe('examinationQueue', () => {
  it('offers what an examiner may open, says nothing about the case, and forgets what is done', async () => {
    const own = await openTestCounty()
    const { first, second, third, both, requester, stranger } = own.people
    const queueOf = async (actor: typeof first) => must(await examinationQueue(own.deps, actor))
    const request = await own.searched()
    own.deps.clock.advance(60_000)
    const later = await own.searched('PERSON:nobody:probe')
    const receivedAt = '2026-11-22T15:00:00.00Z'
    expect(await queueOf(first)).toEqual([
      { request, order: 1, state: 'waiting', receivedAt, candidates: 3 },
      { request: later, order: 1, state: 'waiting', receivedAt: '2026-11-22T15:01:00.00Z', candidates: 0 },
    ])
    const view = must(await openExamination(own.deps, first, request))
    expect((await queueOf(first))[0]).toMatchObject({ state: 'mine', examination: view.id, order: 1 })
    expect((await queueOf(second)).map((item) => item.request)).toEqual([later])
    await own.examine(first, request, { lead: 1 })
    expect((await queueOf(first)).map((item) => item.request)).toEqual([later])
    expect((await queueOf(both))[0]).toMatchObject({ request, order: 2, state: 'waiting' })
    await own.examine(second, request)
    expect((await queueOf(third))[0]).toMatchObject({ request, order: 3, state: 'waiting' })
    await own.examine(third, request, { lead: 1 })
    expect((await queueOf(both)).map((item) => item.request)).toEqual([later])
    expect(await queueOf(stranger)).toEqual([])
    const examiner = { ...requester, roles: ['examiner'] as const }
    expect(await queueOf(examiner)).toEqual([])
    expect(await examinationQueue(own.deps, requester)).toMatchObject({ problem: { code: 'role_required' } })
    await own.deps.store.close()
  })
})
