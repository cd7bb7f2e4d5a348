import { describe, expect, it } from 'vitest'
import type { ExaminationView, VerdictCode } from '../../api/types.ts'
import { judgementOf, withJudgement } from './judgement.ts'

const judged = (verdict: VerdictCode, note = '') => judgementOf({ candidate: 'b', verdict, note })
const candidate = (id: string) => ({ id, imageUrl: '', photoDate: null, verdict: null, note: null })
const view = { candidates: [candidate('a'), candidate('b')] } as unknown as ExaminationView
const shown = ({ candidates }: ExaminationView) => candidates.map((one) => [one.verdict, one.note])

describe('withJudgement', () => {
  it('changes the candidate it is about and no other', () => {
    expect(shown(withJudgement(view, judged('excluded', ' ear ')))).toEqual([
      [null, null],
      ['excluded', 'ear'],
    ])
    expect(shown(view)[1], 'the view before is left alone').toEqual([null, null])
  })

  it('keeps no note for an empty one', () => {
    expect(shown(withJudgement(view, judged('excluded', '  ')))[1]).toEqual(['excluded', null])
  })

  it('takes back a verdict that was not kept', () => {
    const given = withJudgement(view, judged('excluded'))
    const back = withJudgement(given, { candidate: 'b', verdict: null, note: null }, judged('excluded'))
    expect(shown(back)[1]).toEqual([null, null])
  })

  it.each([judged('inconclusive'), judged('excluded', 'a later note')])(
    'leaves a later judgement alone: %o',
    (later) => {
      const given = withJudgement(view, later)
      expect(withJudgement(given, { candidate: 'b', verdict: null, note: null }, judged('excluded'))).toEqual(given)
    },
  )
})
