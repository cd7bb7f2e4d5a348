import type { RequestPage } from '../../api/types.ts'

export interface Step {
  readonly title: string
  readonly status: 'done' | 'now' | 'next' | 'stopped'
  readonly text: string
  readonly at: string | null
}

const ORDER = [
  'submitted',
  'permitted',
  'searched',
  'in_examination',
  'in_verification',
  'in_resolution',
  'end',
] as const

/** The six steps of a request with what is known of each; steps after a refusal or failure are left out. */
export function timelineOf({ request, decision, search }: RequestPage): readonly Step[] {
  const { state } = request
  const reached = ORDER.indexOf(state === 'lead' || state === 'closed' ? 'end' : (state as (typeof ORDER)[number]))
  const received: Step = {
    title: 'Received',
    status: 'done',
    text: `Filed by ${request.requesterName}.`,
    at: request.createdAt,
  }
  if (state === 'refused')
    return [received, { title: 'Refused', status: 'stopped', text: 'Nothing was compared.', at: decision?.at ?? null }]
  const decided: Step = {
    title: 'Permitted',
    ...place(reached, 0),
    text: 'Every directive allows the search.',
    at: decision?.at ?? null,
  }
  if (state === 'failed')
    return [received, decided, { title: 'Search failed', status: 'stopped', text: request.stateSentence, at: null }]
  return [
    received,
    reached < 1
      ? { ...decided, title: 'Decision', text: 'Policy answers before anything is compared.', at: null }
      : decided,
    {
      title: 'Searched',
      ...place(reached, 1),
      text: search ? search.sentence : 'The gallery is compared once.',
      at: search?.finishedAt ?? null,
    },
    { title: 'First examination', ...place(reached, 3), text: 'One examiner judges every candidate.', at: null },
    { title: 'Verification', ...place(reached, 4), text: verification(state), at: null },
    { title: 'Outcome', ...place(reached, 6), text: outcome(state), at: null },
  ]
}

function place(reached: number, step: number): { readonly status: Step['status'] } {
  if (step === 6) return { status: reached === 6 ? 'done' : 'next' }
  if (step === 4 && reached === 5) return { status: 'now' }
  if (step === 3 && reached === 2) return { status: 'now' }
  if (reached === step) return { status: 'now' }
  return { status: reached > step ? 'done' : 'next' }
}

function verification(state: string): string {
  return state === 'in_resolution'
    ? 'The two disagree. A third examiner decides.'
    : 'Another examiner judges without seeing the first result.'
}

function outcome(state: string): string {
  if (state === 'lead') return 'Two examiners name the same candidate: an investigative lead.'
  if (state === 'closed') return 'The examinations ended without a lead.'
  return 'You see it here as soon as the examinations end.'
}
