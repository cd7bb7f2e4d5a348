import { describe, expect, it } from 'vitest'
import { inGroup, STATE_GROUPS, stateWords } from './state-tone.ts'

const STATES = [
  'submitted',
  'refused',
  'permitted',
  'failed',
  'searched',
  'in_examination',
  'in_verification',
  'in_resolution',
  'lead',
  'closed',
]

describe('stateWords', () => {
  it.each(STATES)('has words of its own for %s', (state) => {
    expect(stateWords(state).label).toMatch(/^[A-Z]/)
  })

  it('shows an unknown state as words', () => {
    expect(stateWords('on_hold')).toEqual({ tone: 'rest', label: 'on hold' })
  })
})

describe('inGroup', () => {
  it.each(STATES)('puts %s into "all" and exactly one other group', (state) => {
    const groups = STATE_GROUPS.filter((group) => inGroup(state, group.code)).map((group) => group.code)
    expect(groups).toHaveLength(2)
    expect(groups[0]).toBe('all')
  })
})
