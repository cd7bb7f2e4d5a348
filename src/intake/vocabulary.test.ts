import { describe, expect, it } from 'vitest'
import { CRIMES, crimeLabel, isCrimeCode } from './crime-codes.ts'
import { mayFollow, NEXT_STATES, type RequestState, STATE_SENTENCES } from './request.ts'
import { ACQUISITION_BASES, codeIn, DEPICTS, PREDICATES, PROBE_SOURCES, PURPOSES } from './vocabulary.ts'

describe('the lists of codes', () => {
  it.each([
    ['purposes', PURPOSES, 3],
    ['predicates', PREDICATES, 5],
    ['probe sources', PROBE_SOURCES, 7],
    ['who is depicted', DEPICTS, 8],
    ['acquisition bases', ACQUISITION_BASES, 6],
    ['crimes', CRIMES, 85],
  ])('%s: each code once, each with a label that reads', (_what, list, length) => {
    expect(list).toHaveLength(length)
    expect(new Set(list.map((member) => member.code)).size).toBe(length)
    for (const { label } of list) expect(label).toMatch(/^[A-Z].*[a-z)]/)
  })

  it('finds a member by its exact code alone', () => {
    expect(codeIn(PURPOSES, 'investigate_crime')).toBe('investigate_crime')
    expect(codeIn(PURPOSES, 'Investigate_crime')).toBeNull()
    expect(codeIn(PURPOSES, 'toString')).toBeNull()
  })
})

describe('crime codes', () => {
  it('are the codes of the UCR list', () => {
    expect(isCrimeCode('ROBBERY')).toBe(true)
    expect(isCrimeCode('MANSLAUGHTER_NONNEGLIGENT-MURDER')).toBe(true)
    expect(isCrimeCode('robbery')).toBe(false)
    expect(isCrimeCode('')).toBe(false)
    expect(isCrimeCode('constructor')).toBe(false)
  })

  it('read as people write, and an unknown one as it is', () => {
    expect(crimeLabel('BURGLARY-BREAKING_ENTERING')).toBe('Burglary / breaking and entering')
    expect(crimeLabel('WITCHCRAFT')).toBe('WITCHCRAFT')
  })
})

describe('states', () => {
  const states = Object.keys(NEXT_STATES) as RequestState[]

  it('all have a sentence, and none says more than is so', () => {
    expect(Object.keys(STATE_SENTENCES).sort()).toEqual([...states].sort())
    expect(STATE_SENTENCES.lead).toContain('not an identification')
    expect(STATE_SENTENCES.refused).toContain('No face was compared')
  })

  it('reach a search only from a permit, and nothing leads out of closed', () => {
    expect(states.filter((from) => mayFollow(from, 'searched'))).toEqual(['permitted'])
    expect(states.filter((to) => mayFollow('closed', to))).toEqual([])
  })

  it('never go back to before the search', () => {
    const after: RequestState[] = ['searched', 'in_examination', 'in_verification', 'in_resolution', 'lead', 'closed']
    const before: RequestState[] = ['submitted', 'refused', 'permitted', 'failed']
    for (const from of after) for (const to of before) expect(mayFollow(from, to), `${from} to ${to}`).toBe(false)
  })
})
