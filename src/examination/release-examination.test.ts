import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestOf } from '../intake/index.ts'
import { examinationCandidateImage, examinationProbeImage } from './examination-images.ts'
import { examinationQueue } from './examination-queue.ts'
import { examinationRecord } from './examination-record.ts'
import { openExamination } from './open-examination.ts'
import { readExamination } from './read-examination.ts'
import { recordVerdict } from './record-verdict.ts'
import { releaseExamination } from './release-examination.ts'
import { signExamination } from './sign-examination.ts'
import { must, openTestCounty, type PersonName, type TestCounty } from './test-county.ts'
import { RELEASE_REASONS } from './vocabulary.ts'

let county: TestCounty
beforeAll(async () => {
  county = await openTestCounty()
})
afterAll(() => county.deps.store.close())

const codeOf = (outcome: { ok: boolean; problem?: { code: string } }) => outcome.problem?.code ?? 'ok'

async function opened(name: PersonName = 'first', request?: string) {
  const asked = request ?? (await county.searched())
  const view = must(await openExamination(county.deps, county.people[name], asked))
  return { request: asked, view, examination: view.id }
}

async function release(name: PersonName, examination: string, reason = 'ABSENT') {
  return await releaseExamination(county.deps, county.people[name], { examination, reason })
}

async function stateOf(request: string) {
  const { agency } = county.people.first
  return (await county.deps.store.transaction({ agency }, (tx) => requestOf(tx, request)))?.state
}

async function queueOf(name: PersonName, request: string) {
  const queue = must(await examinationQueue(county.deps, county.people[name]))
  return queue.find((item) => item.request === request)?.state ?? null
}

describe('releaseExamination', () => {
  it('frees the order of an absent examiner for another one, and logs it', async () => {
    const { request, examination } = await opened()
    expect(codeOf(await openExamination(county.deps, county.people.second, request))).toBe('examination_taken')
    const released = must(await release('supervisor', examination))
    expect(released).toEqual({
      ...{ examination, request, order: 1, reason: 'ABSENT', releasedAt: '2026-11-22T15:00:00.00Z' },
    })
    const { account } = county.people.supervisor
    expect((await county.entries()).at(-1)).toMatchObject({
      ...{ act: 'examination.released', actor: account, about: examination },
      facts: { request, order: 1, reason: 'ABSENT' },
    })
    expect(await queueOf('second', request)).toBe('waiting')
    const next = await opened('second', request)
    expect(next.view).toMatchObject({ order: 1, signed: false })
    expect(next.examination).not.toBe(examination)
    expect(await stateOf(request)).toBe('in_examination')
  })

  it('keeps what was judged on record, where it counts no more', async () => {
    const { request, view, examination } = await opened()
    for (const { id } of view.candidates) {
      const input = { examination, candidate: id, verdict: 'inconclusive', note: 'Blurred.' }
      must(await recordVerdict(county.deps, county.people.first, input))
    }
    must(await release('supervisor', examination))
    const next = await opened('second', request)
    expect(next.view.candidates.map((one) => [one.verdict, one.note])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ])
    const said = { examination: next.examination, conclusion: 'no_viable_candidate', justification: 'Ears.' }
    expect(codeOf(await signExamination(county.deps, county.people.second, said))).toBe('verdicts_missing')
    await county.examine(county.people.second, request, { lead: 1 })
    const record = must(await examinationRecord(county.deps, county.people.auditor, request))
    expect(record.examinations.map((one) => one.examiner.name)).toEqual(['Officer second'])
    expect(record.candidates.flatMap((one) => one.verdicts.map((verdict) => verdict.verdict))).not.toContain(
      'inconclusive',
    )
    expect(record.released).toMatchObject([
      {
        ...{ id: examination, order: 1, reason: 'ABSENT', examiner: { name: 'Officer first' } },
        releasedBy: { name: 'Officer supervisor' },
      },
    ])
    expect(record.released[0]?.verdicts.map(({ verdict, note }) => [verdict, note])).toEqual(
      Array.from({ length: 3 }, () => ['inconclusive', 'Blurred.']),
    )
  })

  it('tells the next examiner nothing of the one before', async () => {
    const { request, view, examination } = await opened()
    const candidate = view.candidates[0]?.id ?? ''
    const input = { examination, candidate, verdict: 'cannot_exclude', note: 'The scar under the eye.' }
    must(await recordVerdict(county.deps, county.people.first, input))
    must(await release('first', examination, 'CONFLICT_DECLARED'))
    const text = JSON.stringify((await opened('second', request)).view)
    for (const secret of ['cannot_exclude', 'scar', 'CONFLICT', county.people.first.account, examination, candidate]) {
      expect(text).not.toContain(secret)
    }
  })

  it.each([1, 2, 3] as const)('frees order %i, and the examination goes on to its end', async (order) => {
    const { first, second, third, both } = county.people
    const request = await county.searched()
    if (order > 1) await county.examine(first, request, { lead: 1 })
    if (order > 2) await county.examine(second, request)
    const before = await stateOf(request)
    const { view, examination } = await opened('both', request)
    expect(view.order).toBe(order)
    must(await release('both', examination, 'CONFLICT_DECLARED'))
    expect(await stateOf(request)).toBe(order === 1 ? 'in_examination' : before)
    expect(codeOf(await openExamination(county.deps, both, request))).toBe('released_from_request')
    const left = [first, second, third].slice(order - 1)
    let signed = null
    for (const examiner of left) {
      const asked = await openExamination(county.deps, examiner, request)
      if (asked.ok) signed = await county.examine(examiner, request, { lead: 1 })
    }
    expect(signed?.outcome).toBe('investigative_lead')
    expect(new Set(signed?.verified?.examiners).size).toBe(2)
    expect(signed?.verified?.examiners).not.toContain(both.account)
    expect(signed?.verified?.examinations).not.toContain(examination)
  })
})

describe('the released examiner', () => {
  it('who declares a conflict sees no more of it and writes nothing more', async () => {
    const { view, examination } = await opened()
    const { first } = county.people
    must(await release('first', examination, 'CONFLICT_DECLARED'))
    const candidate = view.candidates[0]?.id ?? ''
    const said = { examination, conclusion: 'no_viable_candidate', justification: 'Ears.' }
    const answers = [
      await readExamination(county.deps, first, examination),
      await examinationProbeImage(county.deps, first, examination),
      await examinationCandidateImage(county.deps, first, examination, candidate),
      await recordVerdict(county.deps, first, { examination, candidate, verdict: 'excluded' }),
      await signExamination(county.deps, first, said),
    ]
    expect(answers.map(codeOf)).toEqual(Array.from({ length: 5 }, () => 'examination_released'))
  })

  it.each([
    ['ABSENT', 'supervisor', 'released_from_request'],
    ['CONFLICT_DECLARED', 'supervisor', 'released_from_request'],
    ['CONFLICT_DECLARED', 'first', 'released_from_request'],
    ['OPENED_BY_MISTAKE', 'supervisor', 'ok'],
    ['OPENED_BY_MISTAKE', 'first', 'ok'],
  ] as const)('after %s by %s, asking for the next order: %s', async (reason, by, code) => {
    const { request, examination } = await opened()
    must(await release(by, examination, reason))
    const offered = code === 'ok' ? 'waiting' : null
    expect(await queueOf('first', request)).toBe(offered)
    await county.examine(county.people.second, request, { lead: 1 })
    expect(await queueOf('first', request)).toBe(offered)
    const asked = await openExamination(county.deps, county.people.first, request)
    expect(codeOf(asked)).toBe(code)
    if (asked.ok) expect(asked.value.order).toBe(2)
  })

  it('who had opened it by mistake gets a new examination with other ids and no verdicts', async () => {
    const { request, view, examination } = await opened()
    const candidate = view.candidates[0]?.id ?? ''
    must(await recordVerdict(county.deps, county.people.first, { examination, candidate, verdict: 'excluded' }))
    must(await release('first', examination, 'OPENED_BY_MISTAKE'))
    const again = await opened('first', request)
    const ids = view.candidates.map((one) => one.id)
    expect(again.view.order).toBe(1)
    expect(again.view.candidates.filter((one) => ids.includes(one.id))).toEqual([])
    expect(again.view.candidates.map((one) => one.verdict)).toEqual([null, null, null])
  })

  it('stays barred by a conflict even when a later release was a mistake', async () => {
    const { request, examination } = await opened()
    must(await release('first', examination, 'OPENED_BY_MISTAKE'))
    const again = await opened('first', request)
    must(await release('first', again.examination, 'CONFLICT_DECLARED'))
    expect(codeOf(await openExamination(county.deps, county.people.first, request))).toBe('released_from_request')
  })
})

describe('who may release, and what', () => {
  it.each([
    ['requester', 'role_required'],
    ['auditor', 'role_required'],
    ['custodian', 'role_required'],
    ['second', 'not_found'],
    ['stranger', 'not_found'],
    ['supervisor', 'ok'],
    ['both', 'ok'],
    ['first', 'ok'],
  ] as const)('%s: %s', async (name, code) => {
    const { examination } = await opened()
    const outcome = await release(name, examination, 'CONFLICT_DECLARED')
    expect(codeOf(outcome)).toBe(code)
    if (code !== 'not_found') return
    const { account } = county.people[name]
    const facts = { kind: 'examination', id: examination }
    expect((await county.entries()).at(-1)).toMatchObject({ act: 'record.withheld', actor: account, facts })
  })

  it.each([
    ['signed', 'examiner_cannot_release'],
    ['released', 'examiner_cannot_release'],
  ])('not a supervisor who %s an examination of the request', async (how, code) => {
    const request = await county.searched()
    if (how === 'signed') await county.examine(county.people.both, request, { lead: 1 })
    else must(await release('both', (await opened('both', request)).examination, 'CONFLICT_DECLARED'))
    const { examination } = await opened('second', request)
    const before = (await county.entries()).length
    expect(codeOf(await release('both', examination))).toBe(code)
    expect(await county.entries()).toHaveLength(before)
  })

  it('not the supervisor who asked for the search', async () => {
    const { examination } = await opened()
    const requester = { ...county.people.requester, roles: ['investigator', 'supervisor'] as const }
    const outcome = await releaseExamination(county.deps, requester, { examination, reason: 'ABSENT' })
    expect(outcome).toMatchObject({ problem: { kind: 'refusal', code: 'requester_cannot_release' } })
  })

  it.each([
    ['first', 'ABSENT', 'release_reason_unsuitable'],
    ['first', 'TIRED', 'release_reason_unknown'],
    ['supervisor', '', 'release_reason_unknown'],
    ['supervisor', 'absent', 'release_reason_unknown'],
  ] as const)('not by %s for the reason "%s": %s', async (name, reason, code) => {
    const { request, examination } = await opened()
    const outcome = await release(name, examination, reason)
    expect(outcome).toMatchObject({ problem: { kind: 'refusal', code, where: 'reason' } })
    if (!outcome.ok)
      expect([outcome.problem.message, outcome.problem.remedy].every((text) => text.endsWith('.'))).toBe(true)
    expect(await queueOf('first', request)).toBe('mine')
  })

  it.each(RELEASE_REASONS.map(({ code, label }) => [code, label] as const))('takes %s: %s', async (reason) => {
    const { examination } = await opened()
    expect(must(await release('supervisor', examination, reason)).reason).toBe(reason)
  })

  it.each(['first', 'supervisor'] as const)('nothing that is signed, by %s', async (name) => {
    const { request, examination } = await opened()
    await county.examine(county.people.first, request, { lead: 1 })
    expect(codeOf(await release(name, examination, 'OPENED_BY_MISTAKE'))).toBe('examination_signed')
    expect(must(await readExamination(county.deps, county.people.first, examination)).signed).toBe(true)
  })

  it('nothing twice', async () => {
    const { examination } = await opened()
    must(await release('supervisor', examination))
    expect(codeOf(await release('supervisor', examination, 'CONFLICT_DECLARED'))).toBe('examination_released')
    expect(codeOf(await release('first', examination, 'OPENED_BY_MISTAKE'))).toBe('examination_released')
  })
})
