import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countingIds } from '../base/index.ts'
import { NO_FILTER } from '../gallery/index.ts'
import { type Candidate, candidateList, listDigest, type SearchRecord } from './candidate-list.ts'

const booking = (place: number, score: number) => ({
  booking: `bk_${place}`,
  score,
  photoDate: '2024-05-31',
  others: [],
})

function recordWith(candidates: readonly Candidate[]): SearchRecord {
  return {
    id: 'search_1',
    agency: 'agcy_1',
    request: 'req_1',
    permit: 'permit_1',
    model: { id: 'fake', sha256: 'a'.repeat(64), dimension: 512 },
    scale: 'cosine',
    searched: 100,
    proof: { enrolled: 120, certified: true, k: 100, bound: -1 },
    filter: { ...NO_FILTER, sources: ['src_1'] },
    threshold: 0.3,
    limit: 20,
    startedAt: '2026-11-22T15:00:00.00Z',
    finishedAt: '2026-11-22T15:00:01.00Z',
    listDigest: '',
    candidates,
  }
}

describe('a candidate list', () => {
  it('numbers from 1 and gives each an id that tells nothing', () => {
    const list = candidateList([booking(1, 0.9), booking(2, 0.5)], 10, countingIds())
    expect(list.map(({ rank, booking, score }) => [rank, booking, score])).toEqual([
      [1, 'bk_1', 0.9],
      [2, 'bk_2', 0.5],
    ])
    for (const candidate of list) expect(candidate.id).toMatch(/^cand_\d{20}$/)
  })

  it('may be empty', () => {
    expect(candidateList([], 10, countingIds())).toEqual([])
  })

  it('expects more by chance from more people and from a lower score', () => {
    const scores = fc.double({ min: -1, max: 1, noNaN: true })
    const sizes = fc.integer({ min: 0, max: 5_000_000 })
    const chance = (score: number, searched: number) =>
      candidateList([booking(1, score)], searched, countingIds())[0]?.expectedByChance ?? Number.NaN
    fc.assert(
      fc.property(scores, scores, sizes, sizes, (one, two, few, many) => {
        const [low, high] = [Math.min(one, two), Math.max(one, two)]
        expect(chance(low, few)).toBeGreaterThanOrEqual(chance(high, few))
        expect(chance(one, Math.max(few, many))).toBeGreaterThanOrEqual(chance(one, Math.min(few, many)))
        expect(chance(one, few)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('the digest of a list', () => {
  const list = candidateList([booking(1, 0.9), booking(2, 0.5)], 100, countingIds())
  const [first, second] = list as [Candidate, Candidate]
  const digest = listDigest(recordWith(list))

  it('is the same for the same list', () => {
    expect(listDigest(recordWith(list.map((candidate) => ({ ...candidate }))))).toBe(digest)
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each<[string, SearchRecord]>([
    ['a score', recordWith([{ ...first, score: 0.9000000000000001 }, second])],
    ['a booking', recordWith([{ ...first, booking: 'bk_9' }, second])],
    ['a photo date', recordWith([{ ...first, photoDate: null }, second])],
    ['the order', recordWith([second, first])],
    ['a candidate less', recordWith([first])],
    ['how many were searched', { ...recordWith(list), searched: 101 }],
    [
      'another photograph of a candidate',
      recordWith([{ ...first, others: [{ booking: 'bk_7', score: 0.4 }] }, second]),
    ],
    ['how many are enrolled', { ...recordWith(list), proof: { enrolled: 121, certified: true, k: 100, bound: -1 } }],
    ['the bound', { ...recordWith(list), proof: { enrolled: 120, certified: true, k: 100, bound: 0.2 } }],
    ['the proof', { ...recordWith(list), proof: null }],
    ['the filter', { ...recordWith(list), filter: { ...NO_FILTER, sources: ['src_1'], sexes: ['F'] } }],
    ['the threshold', { ...recordWith(list), threshold: 0.31 }],
    ['the model', { ...recordWith(list), model: { ...recordWith(list).model, sha256: 'b'.repeat(64) } }],
    ['the request', { ...recordWith(list), request: 'req_2' }],
  ])('changes with %s', (_what, changed) => {
    expect(listDigest(changed)).not.toBe(digest)
  })
})
