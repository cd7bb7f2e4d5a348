import { queryOptions } from '@tanstack/react-query'
import { callApi } from './call-api.ts'
import type { Policy } from './types.ts'

export const policyQuery = queryOptions({
  queryKey: ['policy'],
  staleTime: 30_000,
  // Drives the banner of every page, so it is asked for again while a page stays open.
  refetchInterval: 30_000,
  queryFn: () => callApi<Policy>('GET', '/policy'),
})

export function startMoratorium(reason: string): Promise<unknown> {
  return callApi('POST', '/policy/moratorium', { reason })
}

export function liftMoratorium(reason: string): Promise<unknown> {
  return callApi('DELETE', '/policy/moratorium', { reason })
}
