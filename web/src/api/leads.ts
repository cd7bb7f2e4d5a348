import { queryOptions } from '@tanstack/react-query'
import { callApi } from './call-api.ts'
import type { CorroborationBody, LeadList, LeadPage } from './types.ts'

export const leadsQuery = queryOptions({
  queryKey: ['leads'],
  queryFn: () => callApi<LeadList>('GET', '/leads'),
})

export function leadQuery(id: string) {
  return queryOptions({
    queryKey: ['leads', id],
    queryFn: () => callApi<LeadPage>('GET', `/leads/${encodeURIComponent(id)}`),
  })
}

export function recordCorroboration(lead: string, corroboration: CorroborationBody): Promise<unknown> {
  return callApi('POST', `/leads/${encodeURIComponent(lead)}/corroborations`, corroboration)
}

export function recordReliance(lead: string, corroboration: string): Promise<unknown> {
  return callApi('POST', `/leads/${encodeURIComponent(lead)}/reliance`, { corroboration })
}
