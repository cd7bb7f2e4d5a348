import { queryOptions } from '@tanstack/react-query'
import { callApi } from './call-api.ts'
import { hasStatus } from './problem.ts'
import { queryClient } from './query-client.ts'
import type { Reference, Session, Welcome } from './types.ts'

/** The session of this browser, or null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  // Somebody who comes back to this window may have signed out in another one.
  refetchOnWindowFocus: 'always',
  queryFn: async (): Promise<Session | null> => {
    try {
      return await callApi<Session>('GET', '/session')
    } catch (thrown) {
      if (hasStatus(thrown, 401)) return null
      throw thrown
    }
  },
})

export const referenceQuery = queryOptions({
  queryKey: ['reference'],
  staleTime: 10 * 60_000,
  queryFn: () => callApi<Reference>('GET', '/reference'),
})

/** The notice that is accepted by signing in; open to everybody. */
export const welcomeQuery = queryOptions({
  queryKey: ['welcome'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: () => callApi<Welcome>('GET', '/welcome'),
})

export interface Credentials {
  readonly username: string
  readonly password: string
  readonly acknowledged: boolean
}

export async function signIn(credentials: Credentials): Promise<void> {
  const { account, expiresAt, idleLockMinutes } = await callApi<Session>('POST', '/session', credentials)
  queryClient.clear()
  // The token in the answer is for programs; here the cookie carries the session, so it is not kept.
  const session: Session = { account, expiresAt, idleLockMinutes }
  queryClient.setQueryData(sessionQuery.queryKey, session)
}

export async function signOut(): Promise<void> {
  await callApi('DELETE', '/session')
  queryClient.clear()
  queryClient.setQueryData(sessionQuery.queryKey, null)
}
