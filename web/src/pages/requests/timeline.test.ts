import { describe, expect, it } from 'vitest'
import type { RequestPage } from '../../api/types.ts'
import { timelineOf } from './timeline.ts'

const SEARCH = {
  searched: 1,
  returned: 3,
  proof: { enrolled: 2, certified: true, k: 1, bound: -1 },
  sentence: 'Searched 1 of 2 photographs. The list is proved exact over 1 photograph.',
} as const

function pageIn(state: string, search = true): RequestPage {
  return {
    request: {
      requesterName: 'R. Okafor',
      createdAt: '2026-11-20T10:00:00Z',
      state,
      stateSentence: 'It says why.',
    } as RequestPage['request'],
    decision: { outcome: 'permitted', at: '2026-11-20T10:00:01Z', policyDigest: 'ab', findings: [], permit: null },
    narrowed: null,
    search: search ? { ...SEARCH, startedAt: '2026-11-20T10:00:04Z', finishedAt: '2026-11-20T10:00:05Z' } : null,
    lead: null,
  }
}

const statuses = (state: string) => timelineOf(pageIn(state)).map((step) => step.status)

describe('timelineOf', () => {
  it('ends after a refusal', () => {
    const steps = timelineOf(pageIn('refused', false))
    expect(steps.map((step) => step.title)).toEqual(['Received', 'Refused'])
    expect(steps[1]?.status).toBe('stopped')
  })

  it('says how much was compared, as the service says it', () => {
    const step = timelineOf(pageIn('searched')).find(({ title }) => title === 'Searched')
    expect(step?.text).toBe(SEARCH.sentence)
  })

  it('ends after a failed search and tells why', () => {
    const last = timelineOf(pageIn('failed', false)).at(-1)
    expect(last).toMatchObject({ title: 'Search failed', status: 'stopped', text: 'It says why.' })
  })

  it.each([
    ['submitted', ['done', 'now', 'next', 'next', 'next', 'next']],
    ['permitted', ['done', 'done', 'now', 'next', 'next', 'next']],
    ['searched', ['done', 'done', 'done', 'now', 'next', 'next']],
    ['in_examination', ['done', 'done', 'done', 'now', 'next', 'next']],
    ['in_verification', ['done', 'done', 'done', 'done', 'now', 'next']],
    ['in_resolution', ['done', 'done', 'done', 'done', 'now', 'next']],
    ['lead', ['done', 'done', 'done', 'done', 'done', 'done']],
    ['closed', ['done', 'done', 'done', 'done', 'done', 'done']],
  ])('marks where a request in state %s stands', (state, expected) => {
    expect(statuses(state)).toEqual(expected)
  })

  it('says that a third examiner decides only when two disagree', () => {
    const text = (state: string) => timelineOf(pageIn(state))[4]?.text
    expect(text('in_resolution')).toContain('third examiner')
    expect(text('in_verification')).not.toContain('third')
  })

  it.each([
    ['lead', 'Two examiners name the same candidate: an investigative lead.'],
    ['closed', 'The examinations ended without a lead.'],
    ['in_resolution', 'You see it here as soon as the examinations end.'],
  ])('says of the outcome in state %s what also holds after a disagreement', (state, text) => {
    expect(timelineOf(pageIn(state)).at(-1)?.text).toBe(text)
  })
})
