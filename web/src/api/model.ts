import { queryOptions } from '@tanstack/react-query'
import { callApi } from './call-api.ts'
import type { ModelCard, ModelChanges, ModelProposal, ProposeChangeBody } from './types.ts'

export const modelCardQuery = queryOptions({
  queryKey: ['model', 'card'],
  staleTime: 30_000,
  queryFn: () => callApi<ModelCard>('GET', '/model'),
})

const MOVING_MS = 5_000

/** Asked for again while templates of another model are being made, so that the progress is seen. */
export const modelChangesQuery = queryOptions({
  queryKey: ['model', 'changes'],
  queryFn: () => callApi<ModelChanges>('GET', '/model/changes'),
  refetchInterval: ({ state }) => {
    const open = state.data?.proposals[0]
    return open?.kind === 'model' && open.state === 'approved' ? MOVING_MS : false
  },
})

export function proposeChange(change: ProposeChangeBody): Promise<ModelProposal> {
  return callApi('POST', '/model/changes', change)
}

export function approveChange(id: string): Promise<ModelProposal> {
  return callApi('POST', `/model/changes/${encodeURIComponent(id)}/approval`, {})
}

export function rejectChange(id: string, reason: string): Promise<ModelProposal> {
  return callApi('POST', `/model/changes/${encodeURIComponent(id)}/rejection`, { reason })
}
