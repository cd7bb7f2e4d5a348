import { describe, expect, it } from 'vitest'
import { fail, refuse } from '../base/index.ts'
import { HttpProblem, problemBody, valueFrom } from './http-problem.ts'
import { statusOf } from './problem-status.ts'

describe('statusOf', () => {
  it.each([
    ['session_required', 401],
    ['credentials_wrong', 401],
    ['role_required', 403],
    ['moratorium', 403],
    ['own_proposal', 403],
    ['not_found', 404],
    ['permit_spent', 409],
    ['permit_expired', 409],
    ['examination_signed', 409],
    ['upload_too_large', 413],
    ['too_many_attempts', 429],
    ['engine_busy', 503],
    ['database_unavailable', 503],
    ['log_failing', 503],
    ['disk_full', 507],
  ])('%s: %i', (code, status) => {
    expect(statusOf(refuse(code, 'Happened.', 'Do.').problem)).toBe(status)
  })

  it('a field that cannot be used is 422, a failure too, a state that forbids the act 409', () => {
    expect(statusOf(refuse('unheard_of', 'A.', 'B.', { where: 'name' }).problem)).toBe(422)
    expect(statusOf(fail('no_face', 'A.', 'B.').problem)).toBe(422)
    expect(statusOf(refuse('unheard_of', 'A.', 'B.').problem)).toBe(409)
  })

  it('a refusal of policy is 403, whatever its code', () => {
    const facts = { codes: ['case_number_missing'], decision: 'dec_1' }
    expect(statusOf(refuse('case_number_missing', 'A.', 'B.', { facts }).problem)).toBe(403)
  })
})

describe('problemBody', () => {
  it('carries code, sentence, remedy, place, facts and findings', () => {
    const finding = { directive: 'd', title: 't', code: 'c', outcome: 'refused', sentence: 's', remedy: 'r' } as const
    const { problem } = refuse('moratorium', 'Stopped.', 'Wait.', { where: 'x', facts: { codes: ['a'] } })
    expect(problemBody(new HttpProblem(problem, { findings: [finding] }))).toEqual({
      type: 'about:blank',
      title: 'Forbidden',
      ...{ status: 403, code: 'moratorium', detail: 'Stopped.', remedy: 'Wait.', where: 'x' },
      ...{ facts: { codes: ['a'] }, findings: [finding] },
    })
  })

  it('leaves out what there is not', () => {
    const body = problemBody(new HttpProblem(refuse('not_found', 'None.', 'Look.').problem))
    expect(Object.keys(body)).toEqual(['type', 'title', 'status', 'code', 'detail', 'remedy'])
  })
})

it('valueFrom gives the value or throws the problem', () => {
  expect(valueFrom({ ok: true, value: 7 })).toBe(7)
  expect(() => valueFrom(refuse('not_found', 'None.', 'Look.'))).toThrow(HttpProblem)
})
