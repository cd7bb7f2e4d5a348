import { describe, expect, it } from 'vitest'
import { caseNumberLooksWrong, type Draft, draftTroubles, emptyDraft, toRequestInput } from './draft.ts'
import { NO_NARROWING } from './narrowing.ts'

const FULL: Draft = {
  caseNumber: ' 26-0412337 ',
  crimeCode: 'ROBBERY',
  purpose: 'investigate_crime',
  predicateLevel: 'reasonable_suspicion',
  narrative: 'Seen on the camera of the shop.',
  beneficiaryOri: 'CA0194200',
  probeSource: 'cctv',
  acquisitionBasis: 'business_record',
  acquiredFrom: 'The shop',
  attested: true,
  depicts: 'person_sought',
  conflict: 'no',
  conflictNote: '',
  limit: '20',
  narrowing: NO_NARROWING,
}

describe('draftTroubles', () => {
  it('is empty for a full draft', () => {
    expect(draftTroubles(FULL)).toEqual([])
  })

  it('names every empty choice of a new draft, in the order of the page', () => {
    const fields = draftTroubles(emptyDraft('CA0194200')).map((trouble) => trouble.field)
    expect(fields).toEqual([
      'purpose',
      'predicateLevel',
      'narrative',
      'probeSource',
      'acquisitionBasis',
      'acquiredFrom',
      'depicts',
      'conflict',
    ])
  })

  it.each(['caseNumber', 'crimeCode'] as const)('leaves a missing %s to policy', (field) => {
    expect(draftTroubles({ ...FULL, [field]: '' })).toEqual([])
  })

  it('leaves a missing attestation to policy', () => {
    expect(draftTroubles({ ...FULL, attested: false })).toEqual([])
  })

  it('does not take spaces for words', () => {
    expect(draftTroubles({ ...FULL, narrative: '   ' }).map((trouble) => trouble.field)).toEqual(['narrative'])
  })

  it('wants a note when there is a personal interest', () => {
    expect(draftTroubles({ ...FULL, conflict: 'yes' }).map((trouble) => trouble.field)).toEqual(['conflictNote'])
    expect(draftTroubles({ ...FULL, conflict: 'yes', conflictNote: 'My neighbour.' })).toEqual([])
  })

  it.each(['1', '9', '10', '49', '50'])('takes a list of %s', (limit) => {
    expect(draftTroubles({ ...FULL, limit })).toEqual([])
  })

  it.each(['', '0', '51', '100', '-3', '2.5', '1e1', 'ten'])('refuses a list of "%s"', (limit) => {
    expect(draftTroubles({ ...FULL, limit }).map((trouble) => trouble.field)).toEqual(['limit'])
  })
})

describe('a narrowed draft', () => {
  const narrowing = { ...NO_NARROWING, ageFrom: '30', ageTo: '20' }

  it('is not sent while its narrowing is wrong', () => {
    expect(draftTroubles({ ...FULL, narrowing }).map((trouble) => trouble.field)).toEqual(['ageTo'])
  })

  it('sends its filter, and none without one', () => {
    expect(toRequestInput({ ...FULL, narrowing: { ...narrowing, ageTo: '40' } }, 'p', 0).filter).toEqual({
      ageFrom: 30,
      ageTo: 40,
    })
    expect(toRequestInput(FULL, 'p', 0)).not.toHaveProperty('filter')
  })
})

describe('toRequestInput', () => {
  it('trims, nests and counts', () => {
    const input = toRequestInput(FULL, 'prb_1', 2)
    expect(input.caseNumber).toBe('26-0412337')
    expect(input.predicate).toEqual({ level: 'reasonable_suspicion', narrative: 'Seen on the camera of the shop.' })
    expect(input).toMatchObject({ probe: 'prb_1', faceIndex: 2, limit: 20, conflictDeclared: false })
    expect(input).not.toHaveProperty('conflictNote')
  })

  it('sends the note only with a declared interest', () => {
    expect(toRequestInput({ ...FULL, conflict: 'no', conflictNote: 'left over' }, 'p', 0)).not.toHaveProperty(
      'conflictNote',
    )
    expect(toRequestInput({ ...FULL, conflict: 'yes', conflictNote: ' kin ' }, 'p', 0).conflictNote).toBe('kin')
  })
})

describe('caseNumberLooksWrong', () => {
  it('follows the pattern of the agency', () => {
    expect(caseNumberLooksWrong('26-0412337', '^\\d{2}-\\d{7}$')).toBe(false)
    expect(caseNumberLooksWrong('0412337', '^\\d{2}-\\d{7}$')).toBe(true)
  })

  it('says nothing about an empty field or an unusable pattern', () => {
    expect(caseNumberLooksWrong('  ', '^x$')).toBe(false)
    expect(caseNumberLooksWrong('26', '(')).toBe(false)
  })
})
