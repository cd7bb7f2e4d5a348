import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem, hasStatus } from './problem.ts'

/** Only an unreachable or overloaded service is asked again by itself; a refusal is an answer. */
function worthRetrying(failures: number, thrown: unknown): boolean {
  return failures < 2 && thrown instanceof ApiProblem && (thrown.body.status === 0 || thrown.body.status === 503)
}

/** A session that ended while working: the frame then leads to the sign-in page and back. */
function noteEndedSession(thrown: unknown): void {
  if (hasStatus(thrown, 401)) queryClient.setQueryData(['session'], null)
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteEndedSession }),
  mutationCache: new MutationCache({ onError: noteEndedSession }),
  defaultOptions: {
    queries: { retry: worthRetrying, retryDelay: 800, staleTime: 5_000, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
})
