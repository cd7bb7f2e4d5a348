import { queryOptions } from '@tanstack/react-query'
import { callApi, uploadForm } from './call-api.ts'
import type { Probe, RequestInput, RequestList, RequestPage, SearchedRequest, SubmittedRequest } from './types.ts'

export const requestsQuery = queryOptions({
  queryKey: ['requests'],
  queryFn: () => callApi<RequestList>('GET', '/requests'),
})

export function requestQuery(id: string) {
  return queryOptions({
    queryKey: ['requests', id],
    queryFn: () => callApi<RequestPage>('GET', `/requests/${encodeURIComponent(id)}`),
  })
}

export function uploadProbe(file: File, onProgress: (share: number) => void): Promise<Probe> {
  const form = new FormData()
  form.set('image', file)
  return uploadForm<Probe>('/probes', form, onProgress)
}

export function submitRequest(input: RequestInput): Promise<SubmittedRequest> {
  return callApi<SubmittedRequest>('POST', '/requests', input)
}

export function runSearch(requestId: string): Promise<SearchedRequest> {
  return callApi<SearchedRequest>('POST', `/requests/${encodeURIComponent(requestId)}/search`)
}
