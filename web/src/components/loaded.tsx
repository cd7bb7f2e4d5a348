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

/** Waiting, trouble and content of one query, always in the same three ways. */
export function Loaded<T>({ query, shade = <Shade />, children }: LoadedProps<T>) {
  if (query.isPending) return shade
  if (query.isError) {
    const again =
      hasStatus(query.error, 403) || hasStatus(query.error, 404) ? {} : { onRetry: () => void query.refetch() }
    return <ProblemNotice thrown={query.error} {...again} />
  }
  return children(query.data)
}
