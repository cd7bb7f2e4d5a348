import { describe, expect, it } from 'vitest'
import { settle } from './settlement.ts'
import type { Conclusion } from './vocabulary.ts'

const lead = (candidate: string) => ({ conclusion: 'investigative_lead' as const, leadCandidate: candidate })
const said = (conclusion: Conclusion) => ({ conclusion, leadCandidate: null })

describe('settle', () => {
  it.each([
    ['nothing signed', [], 'awaiting_second', null],
    ['one signed', [lead('a')], 'awaiting_second', null],
    ['two name one candidate', [lead('a'), lead('a')], 'agreed', ['investigative_lead', 'a', 'agreement']],
    ['two name two candidates', [lead('a'), lead('b')], 'unresolved', null],
    ['a lead and none', [lead('a'), said('no_viable_candidate')], 'unresolved', null],
    [
      'two find none',
      [said('no_viable_candidate'), said('no_viable_candidate')],
      'agreed',
      ['no_viable_candidate', null, 'agreement'],
    ],
    ['two are at a loss', [said('inconclusive'), said('inconclusive')], 'agreed', ['inconclusive', null, 'agreement']],
    [
      'the third sides with the first',
      [lead('a'), said('inconclusive'), lead('a')],
      'resolved',
      ['investigative_lead', 'a', 'majority'],
    ],
    [
      'the third sides with the second',
      [lead('a'), said('inconclusive'), said('inconclusive')],
      'resolved',
      ['inconclusive', null, 'majority'],
    ],
    ['three candidates', [lead('a'), lead('b'), lead('c')], 'resolved', ['inconclusive', null, 'none']],
    [
      'three conclusions',
      [lead('a'), said('no_viable_candidate'), said('insufficient_quality')],
      'resolved',
      ['inconclusive', null, 'none'],
    ],
  ] as const)('%s', (_, signatures, state, outcome) => {
    const [conclusion, candidate, settledBy] = outcome ?? []
    expect(settle(signatures)).toEqual({
      state,
      outcome: outcome === null ? null : { conclusion, candidate, settledBy },
    })
  })
})
