import { describe, expect, it } from 'vitest'
import {
  type CorroborationDraft,
  corroborationTroubles,
  EMPTY_CORROBORATION,
  obtainedDay,
  standsAlone,
  toCorroboration,
} from './corroboration.ts'

const TODAY = '2026-11-22'
const FULL: CorroborationDraft = {
  type: 'fingerprint',
  origin: 'independent',
  obtainedAt: TODAY,
  reference: ' LAB-77 ',
  note: ' ',
}
const fields = (draft: CorroborationDraft) => corroborationTroubles(draft, TODAY).map((trouble) => trouble.field)

describe('standsAlone', () => {
  it.each([
    [true, false, true],
    [true, true, false],
    [false, false, false],
    [false, true, false],
  ])('independent %s, derived %s: %s', (independentOfLead, derivedFromLead, alone) => {
    expect(standsAlone({ independentOfLead, derivedFromLead })).toBe(alone)
  })
})

describe('corroborationTroubles', () => {
  it('is empty for evidence of today', () => {
    expect(fields(FULL)).toEqual([])
  })

  it('names all that an empty form lacks', () => {
    expect(fields(EMPTY_CORROBORATION)).toEqual(['evidenceType', 'evidenceOrigin', 'evidenceDay', 'evidenceReference'])
  })

  it('refuses tomorrow', () => {
    expect(fields({ ...FULL, obtainedAt: '2026-11-23' })).toEqual(['evidenceDay'])
  })
})

describe('toCorroboration', () => {
  it.each([
    ['independent', true, false],
    ['derived', false, true],
    ['unclear', false, false],
  ] as const)('%s', (origin, independentOfLead, derivedFromLead) => {
    expect(toCorroboration({ ...FULL, origin })).toEqual({
      type: 'fingerprint',
      independentOfLead,
      derivedFromLead,
      obtainedAt: TODAY,
      reference: 'LAB-77',
    })
  })
})

describe('obtainedDay', () => {
  it.each(['2026-11-20T00:00:00.000Z', '2026-11-20'])('is the day that was given, in every zone: %s', (obtainedAt) => {
    expect(obtainedDay({ obtainedAt })).toBe('2026-11-20')
  })
})
