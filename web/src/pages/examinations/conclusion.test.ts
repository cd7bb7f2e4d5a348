import { describe, expect, it } from 'vitest'
import type { VerdictCode, ViewCandidate } from '../../api/types.ts'
import { conclusionTroubles, EMPTY_CONCLUSION, possibleLeads, toSignature, unjudged, whyNot } from './conclusion.ts'

const candidate = (id: string, verdict: VerdictCode | null): ViewCandidate => ({
  id,
  verdict,
  imageUrl: `/x/${id}`,
  photoDate: null,
  note: null,
})

const JUDGED = [candidate('a', 'excluded'), candidate('b', 'cannot_exclude'), candidate('c', 'inconclusive')]
const LEAD = { conclusion: 'investigative_lead', leadCandidate: 'b', limitations: '', justification: 'The ear.' }

const fields = (...args: Parameters<typeof conclusionTroubles>) =>
  conclusionTroubles(...args).map((trouble) => trouble.field)

describe('conclusionTroubles', () => {
  it('is empty for a lead that names a candidate not excluded', () => {
    expect(fields(LEAD, JUDGED)).toEqual([])
  })

  it('counts the candidates without a verdict', () => {
    const list = [...JUDGED, candidate('d', null), candidate('e', null)]
    expect(unjudged(list)).toBe(2)
    expect(conclusionTroubles(LEAD, list)[0]?.sentence).toContain('2 are')
  })

  it('names everything an empty form lacks', () => {
    expect(fields(EMPTY_CONCLUSION, JUDGED)).toEqual(['conclusion', 'justification'])
  })

  it.each(['a', 'c', 'zzz', ''])('refuses "%s" as the candidate of a lead', (leadCandidate) => {
    expect(fields({ ...LEAD, leadCandidate }, JUDGED)).toEqual(['leadCandidate'])
  })

  it('refuses a lead when every candidate is excluded', () => {
    expect(fields(LEAD, [candidate('a', 'excluded')])).toEqual(['conclusion'])
  })

  it('takes an empty list with no viable candidate', () => {
    expect(fields({ ...LEAD, conclusion: 'no_viable_candidate' }, [])).toEqual([])
  })
})

describe('whyNot', () => {
  it('bars "inconclusive" and a lead on an empty list', () => {
    expect(whyNot('inconclusive', [])).not.toBeNull()
    expect(whyNot('investigative_lead', [])).not.toBeNull()
    expect(whyNot('insufficient_quality', [])).toBeNull()
  })
})

describe('toSignature', () => {
  it('names a candidate only for a lead', () => {
    expect(toSignature(LEAD)).toEqual({
      conclusion: 'investigative_lead',
      leadCandidate: 'b',
      justification: 'The ear.',
    })
    expect(toSignature({ ...LEAD, conclusion: 'inconclusive' })).not.toHaveProperty('leadCandidate')
  })

  it('trims, and leaves out empty limitations', () => {
    const signature = toSignature({ ...LEAD, limitations: ' blur ', justification: ' The ear. ' })
    expect(signature).toMatchObject({ limitations: 'blur', justification: 'The ear.' })
  })
})

it('offers as leads exactly those not excluded', () => {
  expect(possibleLeads(JUDGED).map((one) => one.id)).toEqual(['b'])
})
