import { createContext, useContext } from 'react'
import type { Account } from '../api/types.ts'

/** Filled by the frame, which shows no page without a session. */
export const SignedIn = createContext<Account | null>(null)

/** The person signed in. Only for components below the frame. */
export function useAccount(): Account {
  const account = useContext(SignedIn)
  if (account === null) throw new Error('useAccount needs a session; the frame lets nobody through without one')
  return account
}
