import { describe, expect, it } from 'vitest'
import type { RequestState } from '../intake/index.ts'
import type { Examination, Order, Release, Signature } from './examination.ts'
import { claimOf, type Progress, type Step } from './progress.ts'
import type { Conclusion, ReleaseReason } from './vocabulary.ts'

function examination(order: Order, examiner: string): Examination {
  return { id: `exam_${order}${examiner}`, agency: 'agcy_a', request: 'req_x', order, examiner, openedAt: 'T' }
}

const open = (order: Order, examiner: string): Step => ({ examination: examination(order, examiner), signature: null })

function signed(order: Order, examiner: string, conclusion: Conclusion = 'no_viable_candidate'): Step {
  const signature: Signature = {
    ...{ examination: `exam_${order}${examiner}`, conclusion, leadCandidate: null, limitations: null },
    ...{ justification: 'Ears.', signedAt: 'T', certificate: 'cert_x', digest: 'd' },
  }
  return { examination: examination(order, examiner), signature }
}

function released(examiner: string, reason: ReleaseReason): Release {
  return { examination: examination(1, examiner), reason, releasedBy: 'boss', releasedAt: 'T' }
}

function answer(state: RequestState, progress: Partial<Progress>, examiner = 'me'): string {
  const claim = claimOf({ requester: 'asker', state }, { steps: [], releases: [], ...progress }, examiner)
  if (!claim.ok) return claim.problem.code
  return claim.value.held === null ? `order ${claim.value.order}` : `held ${claim.value.held.order}`
}

const CONFLICT = { releases: [released('me', 'CONFLICT_DECLARED')] }

describe('claimOf', () => {
  it.each<[string, RequestState, Partial<Progress>, string]>([
    ['nothing opened', 'searched', {}, 'order 1'],
    ['one signed', 'in_verification', { steps: [signed(1, 'a')] }, 'order 2'],
    ['two who differ', 'in_resolution', { steps: [signed(1, 'a'), signed(2, 'b', 'inconclusive')] }, 'order 3'],
    ['my own open one', 'in_examination', { steps: [open(1, 'me')] }, 'held 1'],
    ["another's open one", 'in_examination', { steps: [open(1, 'a')] }, 'examination_taken'],
    ["another's open second", 'in_verification', { steps: [signed(1, 'a'), open(2, 'b')] }, 'examination_taken'],
    ['mine signed', 'in_verification', { steps: [signed(1, 'me')] }, 'already_examined'],
    ['two who agree', 'in_verification', { steps: [signed(1, 'a'), signed(2, 'b')] }, 'examination_finished'],
    ['a lead', 'lead', {}, 'examination_finished'],
    ['closed', 'closed', {}, 'examination_finished'],
    ['not searched', 'permitted', {}, 'not_ready_for_examination'],
    ['refused', 'refused', {}, 'not_ready_for_examination'],
    ['a failed search', 'failed', {}, 'not_ready_for_examination'],
    ['released by conflict, order 1', 'in_examination', CONFLICT, 'released_from_request'],
    [
      'released by conflict, order 2',
      'in_verification',
      { ...CONFLICT, steps: [signed(1, 'a')] },
      'released_from_request',
    ],
    ['released as absent', 'in_examination', { releases: [released('me', 'ABSENT')] }, 'released_from_request'],
    ['released by mistake', 'in_examination', { releases: [released('me', 'OPENED_BY_MISTAKE')] }, 'order 1'],
    ['released: somebody else', 'in_examination', { releases: [released('a', 'ABSENT')] }, 'order 1'],
  ])('%s', (_, state, progress, expected) => {
    expect(answer(state, progress)).toBe(expected)
  })

  it.each<RequestState>(['searched', 'in_examination', 'in_verification', 'in_resolution', 'lead'])(
    'is never given to the requester, in state %s',
    (state) => {
      expect(answer(state, {}, 'asker')).toBe('requester_cannot_examine')
    },
  )
})
