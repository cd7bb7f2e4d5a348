import { describe, expect, it } from 'vitest'
import { ApiProblem, hasStatus, showProblem } from './problem.ts'

describe('showProblem', () => {
  it('prefers the words of the service', () => {
    const thrown = new ApiProblem({
      status: 409,
      code: 'permit_spent',
      detail: 'This permit was used.',
      remedy: 'Ask anew.',
    })
    expect(showProblem(thrown)).toEqual({
      code: 'permit_spent',
      sentence: 'This permit was used.',
      remedy: 'Ask anew.',
      where: null,
    })
  })

  it('keeps the field a refusal points at', () => {
    expect(showProblem(new ApiProblem({ status: 422, detail: 'Too long.', where: 'predicate.narrative' })).where).toBe(
      'predicate.narrative',
    )
  })

  it.each([0, 401, 403, 404, 409, 413, 422, 429, 503, 507])('has two sentences of its own for status %i', (status) => {
    const shown = showProblem(new ApiProblem({ status }))
    expect(shown.sentence).toMatch(/^[A-Z].*\.$/)
    expect(shown.remedy).toMatch(/^[A-Z].*\.$/)
    expect(shown.code).toBe(`http_${status}`)
  })

  it('never shows the text of an unexpected error', () => {
    const shown = showProblem(new TypeError('x is undefined at line 3'))
    expect(shown.sentence).not.toContain('undefined')
    expect(shown.code).toBe('unexpected')
  })

  it('answers for a status nobody planned', () => {
    expect(showProblem(new ApiProblem({ status: 599 })).sentence).toContain('went wrong')
  })
})

describe('hasStatus', () => {
  it('is true only for an ApiProblem of that status', () => {
    expect(hasStatus(new ApiProblem({ status: 401 }), 401)).toBe(true)
    expect(hasStatus(new ApiProblem({ status: 403 }), 401)).toBe(false)
    expect(hasStatus({ body: { status: 401 } }, 401)).toBe(false)
  })
})
