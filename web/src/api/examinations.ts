import { queryOptions } from '@tanstack/react-query'
import { callApi } from './call-api.ts'
import type { ExaminationQueue, ExaminationView, SignatureBody, SignedExamination, VerdictCode } from './types.ts'

export const queueQuery = queryOptions({
  queryKey: ['examinations'],
  queryFn: () => callApi<ExaminationQueue>('GET', '/examinations'),
})

export function examinationQuery(id: string) {
  return queryOptions({
    queryKey: ['examinations', id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => callApi<ExaminationView>('GET', `/examinations/${encodeURIComponent(id)}`),
  })
}

export function openExamination(request: string): Promise<ExaminationView> {
  return callApi<ExaminationView>('POST', `/requests/${encodeURIComponent(request)}/examinations`)
}

export interface Judged {
  readonly candidate: string
  readonly verdict: VerdictCode
  readonly note: string
}

export function recordVerdict(examination: string, { candidate, verdict, note }: Judged): Promise<unknown> {
  const body = note.trim() === '' ? { verdict } : { verdict, note: note.trim() }
  const path = `/examinations/${encodeURIComponent(examination)}/verdicts/${encodeURIComponent(candidate)}`
  return callApi('PUT', path, body)
}

export function signExamination(examination: string, signature: SignatureBody): Promise<SignedExamination> {
  return callApi<SignedExamination>('POST', `/examinations/${encodeURIComponent(examination)}/signature`, signature)
}
