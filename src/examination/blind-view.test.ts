import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchOf } from '../search/index.ts'
import { type BlindSource, blindView, opaqueCandidateId } from './blind-view.ts'
import { openExamination } from './open-examination.ts'
import { recordVerdict } from './record-verdict.ts'
import { must, openTestCounty, type TestCounty } from './test-county.ts'

/** Every key that a view may have, whatever the order. */
const KEYS = [
  ...['id', 'request', 'order', 'openedAt', 'signed', 'probe', 'searched', 'candidates'],
  ...['width', 'height', 'face', 'limitations', 'box', 'landmarks', 'x', 'y'],
  ...['photoDate', 'verdict', 'note'],
]

function keysOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
}

/** More than a view may tell, as a careless caller might hand it in. */
function fullSource(order: 1 | 2 | 3, examination = 'exam_x'): BlindSource {
  const face = { box: { x: 1, y: 2, width: 3, height: 4, score: 0.9 }, landmarks: [{ x: 5, y: 6, rank: 1 }] }
  const opened = { id: examination, agency: 'agcy_a', request: 'req_x', order, examiner: 'acct_2', openedAt: 'T' }
  const source = {
    examination: { ...opened, examinerName: 'Secret Name' },
    signed: false,
    probe: { id: 'probe_x', width: 10, height: 20, face: { ...face, detectionScore: 0.95 }, limitations: ['Dark.'] },
    searched: 'Searched 2 of 3 photographs.',
    candidates: Array.from({ length: 20 }, (_, index) => ({
      ...{ id: `cand_${String(index).padStart(20, '0')}`, booking: `book_${index}`, rank: index + 1, score: 0.731 },
      ...{ photoDate: '2018-03-12', expectedByChance: 0.01, verdictFirst: 'cannot_exclude' },
    })),
    verdicts: [
      { candidate: 'cand_00000000000000000003', verdict: 'excluded' as const, note: 'Ears.', examiner: 'acct_9' },
    ],
    caseNumber: '20-1114732',
    narrative: 'The shop camera',
    requesterName: 'Officer Requester',
  }
  return source
}

describe('blindView', () => {
  it.each([1, 2, 3] as const)('lets out the allowed fields alone, in order %i, whatever is handed in', (order) => {
    const view = blindView(fullSource(order))
    expect([...new Set(keysOf(view))].sort()).toEqual([...KEYS].sort())
    const text = JSON.stringify(view)
    for (const secret of ['0.731', '0.95', 'book_', '20-1114732', 'shop camera', 'Officer', 'Secret', 'acct_']) {
      expect(text).not.toContain(secret)
    }
    expect(text).not.toContain('cannot_exclude')
  })

  it("holds the examiner's own verdicts", () => {
    const own = blindView(fullSource(2)).candidates.filter((candidate) => candidate.verdict !== null)
    const id = opaqueCandidateId('exam_x', 'cand_00000000000000000003')
    expect(own).toEqual([{ id, photoDate: '2018-03-12', verdict: 'excluded', note: 'Ears.' }])
  })

  it('shuffles by examination: the same every time, another in the next, never that of the ranks', () => {
    const ranks = (examination: string) => {
      const source = fullSource(1, examination)
      const byId = new Map(source.candidates.map((one, rank) => [opaqueCandidateId(examination, one.id), rank + 1]))
      return blindView(source).candidates.map((candidate) => byId.get(candidate.id))
    }
    const sorted = Array.from({ length: 20 }, (_, index) => index + 1)
    expect(ranks('exam_1')).toEqual(ranks('exam_1'))
    expect(ranks('exam_1')).not.toEqual(ranks('exam_2'))
    expect(ranks('exam_1')).not.toEqual(sorted)
    expect([...ranks('exam_1')].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(sorted)
  })

  it('puts the best candidate first no more often than chance would', () => {
    const firsts = Array.from({ length: 400 }, (_, index) => {
      const examination = `exam_${index}`
      const source = fullSource(1, examination)
      return blindView(source).candidates[0]?.id === opaqueCandidateId(examination, source.candidates[0]?.id ?? '')
    })
    const times = firsts.filter(Boolean).length
    expect(times).toBeGreaterThan(5)
    expect(times).toBeLessThan(40)
  })
})

describe('the view of a real request', () => {
  let county: TestCounty
  beforeAll(async () => {
    county = await openTestCounty()
  })
  afterAll(() => county.deps.store.close())

  it('S-12: tells the second and third examiner nothing that the first, the search or the case said', async () => {
    const request = await county.searched()
    await county.examine(county.people.first, request, { lead: 1, limitations: 'A first limitation.' })
    const second = must(await openExamination(county.deps, county.people.second, request))
    await county.examine(county.people.second, request, { lead: 2 })
    const third = must(await openExamination(county.deps, county.people.third, request))
    const { agency } = county.people.first
    const search = await county.deps.store.transaction({ agency }, (tx) => searchOf(tx, request))
    for (const view of [second, third]) {
      expect(new Set(keysOf(view))).toEqual(new Set(KEYS))
      expect(view.candidates.map((candidate) => candidate.verdict)).toEqual([null, null, null])
      const text = JSON.stringify(view)
      for (const secret of ['20-1114732', 'robber', 'Officer', 'A first limitation', 'ROBBERY', 'acct_']) {
        expect(text).not.toContain(secret)
      }
      for (const { id, booking, score } of search?.candidates ?? []) {
        expect(text).not.toContain(id)
        expect(text).not.toContain(booking)
        expect(text).not.toContain(String(score))
      }
    }
    expect(third.order).toBe(3)
  })

  it('names no candidate of one examination by the name it has in another', async () => {
    const request = await county.searched()
    const first = must(await openExamination(county.deps, county.people.first, request))
    await county.examine(county.people.first, request)
    const second = must(await openExamination(county.deps, county.people.second, request))
    const names = new Set(first.candidates.map((candidate) => candidate.id))
    expect(second.candidates.filter((candidate) => names.has(candidate.id))).toEqual([])
    const [borrowed] = first.candidates
    const verdict = { examination: second.id, candidate: borrowed?.id ?? '', verdict: 'excluded' }
    expect(await recordVerdict(county.deps, county.people.second, verdict)).toMatchObject({
      problem: { code: 'candidate_unknown' },
    })
  })
})
