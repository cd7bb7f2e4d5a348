import type { MarkTone } from '../../components/state-mark.tsx'

interface StateWords {
  readonly tone: MarkTone
  readonly label: string
}

const STATES: Readonly<Record<string, StateWords>> = {
  submitted: { tone: 'rest', label: 'Received' },
  refused: { tone: 'stop', label: 'Refused by policy' },
  permitted: { tone: 'wait', label: 'Permitted' },
  failed: { tone: 'stop', label: 'Search failed' },
  searched: { tone: 'wait', label: 'Waiting for an examiner' },
  in_examination: { tone: 'wait', label: 'First examination' },
  in_verification: { tone: 'wait', label: 'Verification' },
  in_resolution: { tone: 'wait', label: 'Third examiner decides' },
  lead: { tone: 'lead', label: 'Lead' },
  closed: { tone: 'rest', label: 'Closed without a lead' },
}

/** A state in a word or two, with the shape that goes with it. Unknown states are shown as they are. */
export function stateWords(state: string): StateWords {
  return STATES[state] ?? { tone: 'rest', label: state.replaceAll('_', ' ') }
}

/** What the filter offers, in the order a request passes through. */
export const STATE_GROUPS = [
  { code: 'all', label: 'All', states: null },
  {
    code: 'moving',
    label: 'In progress',
    states: ['submitted', 'permitted', 'searched', 'in_examination', 'in_verification', 'in_resolution'],
  },
  { code: 'lead', label: 'Leads', states: ['lead'] },
  { code: 'closed', label: 'Closed', states: ['closed'] },
  { code: 'refused', label: 'Refused or failed', states: ['refused', 'failed'] },
] as const

export type StateGroup = (typeof STATE_GROUPS)[number]['code']

export function inGroup(state: string, group: StateGroup): boolean {
  const states: readonly string[] | null = STATE_GROUPS.find((one) => one.code === group)?.states ?? null
  return states === null || states.includes(state)
}
