import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Actor, conflictOf, ROLES, requireRole, scopeOf } from './actor.ts'

const actor: Actor = { account: 'acct_1', agency: 'agcy_1', ori: 'CA0194200', name: 'A. Reyes', roles: ['examiner'] }

describe('requireRole', () => {
  it('gives the actor back when one of the roles is held', () => {
    expect(requireRole(actor, 'investigator', 'examiner')).toEqual({ ok: true, value: actor })
  })

  it('refuses with the roles that would do', () => {
    const outcome = requireRole(actor, 'supervisor', 'auditor')
    expect(outcome).toMatchObject({
      ok: false,
      problem: { kind: 'refusal', code: 'role_required', facts: { required: ['supervisor', 'auditor'] } },
    })
    expect(outcome.ok ? '' : outcome.problem.message).toContain('supervisor or auditor')
  })

  it('refuses everything to somebody without roles', () => {
    for (const role of ROLES) expect(requireRole({ ...actor, roles: [] }, role).ok).toBe(false)
  })
})

describe('conflictOf', () => {
  it('is there exactly when administrator and investigator come together', () => {
    fc.assert(
      fc.property(fc.subarray([...ROLES]), (roles) => {
        const both = roles.includes('administrator') && roles.includes('investigator')
        expect(conflictOf(roles) !== null).toBe(both)
      }),
    )
  })
})

it('an actor sees the rows of the own agency alone', () => {
  expect(scopeOf(actor)).toEqual({ agency: 'agcy_1' })
})
