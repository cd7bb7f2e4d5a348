import { describe, expect, it } from 'vitest'
import type { ModelProposal, Role } from '../../api/types.ts'
import { bodyOf, decisionsOn, openProposal, stateOf, troublesOf } from './proposal.ts'

function proposal(changes: Partial<ModelProposal> = {}): ModelProposal {
  return {
    ...{ id: 'prop_1', kind: 'floor', model: { id: 'm', sha256: 'a' }, similarityFloor: 0.4, evaluation: 'eval_1' },
    ...{ findings: [], proposedAt: '', proposedBy: { account: 'acct_chief', name: 'Chief' }, approvals: [] },
    ...{ closure: null, state: 'proposed' },
    ...changes,
  }
}

const person = (id: string, ...roles: Role[]) => ({ id, roles })
const approval = { account: 'acct_ann', name: 'Ann', at: '' }

describe('decisionsOn', () => {
  it.each(['supervisor', 'administrator'] as const)('a %s who did not propose it may approve or reject', (role) => {
    expect(decisionsOn(proposal(), person('acct_ann', role))).toEqual({ approve: true, reject: true, why: null })
  })

  it.each(['auditor', 'investigator', 'examiner', 'custodian'] as const)('a %s reads', (role) => {
    expect(decisionsOn(proposal(), person('acct_ann', role))).toEqual({ approve: false, reject: false, why: null })
  })

  it('the proposer may withdraw it and is told why not approve', () => {
    const found = decisionsOn(proposal(), person('acct_chief', 'administrator'))
    expect(found).toMatchObject({ approve: false, reject: true })
    expect(found.why).toContain('two other people')
  })

  it('nobody approves twice', () => {
    const found = decisionsOn(proposal({ approvals: [approval] }), person('acct_ann', 'supervisor'))
    expect(found).toMatchObject({ approve: false, reject: true })
    expect(found.why).toContain('second person')
    expect(decisionsOn(proposal({ approvals: [approval] }), person('acct_ben', 'supervisor')).approve).toBe(true)
  })

  it('an approved change can still be stopped while templates are made', () => {
    const found = decisionsOn(proposal({ state: 'approved' }), person('acct_ben', 'supervisor'))
    expect(found).toEqual({ approve: false, reject: true, why: null })
  })

  it.each(['active', 'superseded', 'rejected', 'withdrawn'] as const)('%s: nothing is left to decide', (state) => {
    const found = decisionsOn(proposal({ state }), person('acct_ben', 'supervisor'))
    expect(found).toEqual({ approve: false, reject: false, why: null })
  })
})

describe('openProposal', () => {
  it('is the one that waits, whatever came before', () => {
    const waiting = proposal({ id: 'prop_3' })
    expect(openProposal({ proposals: [waiting, proposal({ state: 'active' })] })).toBe(waiting)
    expect(openProposal({ proposals: [proposal({ state: 'approved', id: 'x' })] })?.id).toBe('x')
    expect(openProposal({ proposals: [proposal({ state: 'rejected' })] })).toBeNull()
  })

  it('every state has words of its own', () => {
    const states = ['proposed', 'approved', 'active', 'superseded', 'rejected', 'withdrawn'] as const
    expect(new Set(states.map((state) => stateOf(proposal({ state })).words)).size).toBe(states.length)
  })
})

describe('the form', () => {
  const draft = { model: 'a'.repeat(64), similarityFloor: '0.4', evaluation: 'eval_1' }

  it('has no trouble when it is filled in', () => {
    expect(troublesOf(draft)).toEqual([])
    expect(bodyOf({ ...draft, similarityFloor: ' 0,42 ' })).toEqual({ ...draft, similarityFloor: 0.42 })
  })

  it.each(['', ' ', 'a lot', '1.2', '-2', 'NaN'])('takes no floor of %j', (similarityFloor) => {
    expect(troublesOf({ ...draft, similarityFloor }).map(({ field }) => field)).toEqual(['similarityFloor'])
  })

  it('asks for the evaluation: without one the service refuses', () => {
    const fields = troublesOf({ model: '', similarityFloor: '0', evaluation: '' }).map(({ field }) => field)
    expect(fields).toEqual(['model', 'evaluation'])
  })
})
