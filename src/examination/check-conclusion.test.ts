import { describe, expect, it } from 'vitest'
import { checkConclusion } from './check-conclusion.ts'
import type { Conclusion, Verdict } from './vocabulary.ts'

function verdicts(...given: readonly Verdict[]) {
  return given.map((verdict, index) => ({ candidate: `c${index + 1}`, verdict }))
}

function codeOf(conclusion: Conclusion, lead: string | null, listed: number, given: ReturnType<typeof verdicts>) {
  const outcome = checkConclusion(conclusion, lead, listed, given)
  return outcome.ok ? 'ok' : outcome.problem.code
}

describe('checkConclusion', () => {
  it('says how many candidates have no verdict', () => {
    const outcome = checkConclusion('inconclusive', null, 5, verdicts('excluded', 'inconclusive'))
    expect(outcome).toMatchObject({ problem: { code: 'verdicts_missing', facts: { missing: 3, listed: 5 } } })
    expect(outcome.ok ? '' : outcome.problem.message).toBe('3 of 5 candidates have no verdict yet.')
    const one = checkConclusion('inconclusive', null, 2, verdicts('excluded'))
    expect(one.ok ? '' : one.problem.message).toBe('1 of 2 candidates has no verdict yet.')
  })

  it.each([
    ['a lead on a candidate that cannot be excluded', 'investigative_lead', 'c2', ['excluded', 'cannot_exclude'], 'ok'],
    ['a lead beside a second such candidate', 'investigative_lead', 'c1', ['cannot_exclude', 'cannot_exclude'], 'ok'],
    ['a lead on nobody', 'investigative_lead', null, ['cannot_exclude'], 'lead_candidate_missing'],
    ['a lead on an excluded one', 'investigative_lead', 'c1', ['excluded'], 'lead_candidate_not_supported'],
    ['a lead on an inconclusive one', 'investigative_lead', 'c1', ['inconclusive'], 'lead_candidate_not_supported'],
    ['a lead on an empty list', 'investigative_lead', null, [], 'lead_candidate_missing'],
    ['no viable candidate, all excluded', 'no_viable_candidate', null, ['excluded', 'excluded'], 'ok'],
    ['no viable candidate, one inconclusive', 'no_viable_candidate', null, ['excluded', 'inconclusive'], 'ok'],
    ['no viable one beside one', 'no_viable_candidate', null, ['cannot_exclude'], 'conclusion_contradicts_verdicts'],
    ['no viable candidate of none', 'no_viable_candidate', null, [], 'ok'],
    ['too poor a probe, empty list', 'insufficient_quality', null, [], 'ok'],
    ['too poor a probe', 'insufficient_quality', null, ['inconclusive'], 'ok'],
    ['inconclusive', 'inconclusive', null, ['cannot_exclude', 'inconclusive'], 'ok'],
    ['inconclusive about nothing', 'inconclusive', null, [], 'conclusion_contradicts_verdicts'],
    ['a candidate without a lead', 'inconclusive', 'c1', ['cannot_exclude'], 'lead_candidate_unexpected'],
    ['a candidate, none viable', 'no_viable_candidate', 'c1', ['excluded'], 'lead_candidate_unexpected'],
  ] as const)('%s', (_, conclusion, lead, given, code) => {
    expect(codeOf(conclusion, lead, given.length, verdicts(...given))).toBe(code)
  })
})
