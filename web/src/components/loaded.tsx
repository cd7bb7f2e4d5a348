import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { hasStatus } from '../api/problem.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { Shade } from './shade.tsx'

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>
  readonly shade?: ReactNode
  readonly children: (data: T) => ReactNode
}

/**
 * Waiting, trouble and content of one query, always in the same three ways. What was loaded, and what is being typed in it,
 * stays when reading it again fails, unless the answer is that it may not be seen.
 */
export function Loaded<T>({ query, shade = <Shade />, children }: LoadedProps<T>) {
  if (query.isPending) return shade
  const withheld = hasStatus(query.error, 403) || hasStatus(query.error, 404)
  const again = withheld ? {} : { onRetry: () => void query.refetch() }
  return (
    <>
      {query.isError ? <ProblemNotice thrown={query.error} {...again} /> : null}
      {query.data === undefined || withheld ? null : children(query.data)}
    </>
  )
}
