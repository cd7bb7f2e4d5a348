import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { callApi } from './call-api.ts'
import type { LogEntries, LogHead } from './types.ts'

export const logHeadQuery = queryOptions({
  queryKey: ['log', 'head'],
  queryFn: () => callApi<LogHead>('GET', '/log'),
})

const PAGE = 50

/** Newest first; `about` keeps the entries of one record, null all of them. */
export function entriesQuery(about: string | null) {
  return infiniteQueryOptions({
    queryKey: ['log', 'entries', about],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ limit: String(PAGE) })
      if (pageParam !== null) query.set('before', String(pageParam))
      if (about !== null) query.set('about', about)
      return callApi<LogEntries>('GET', `/log/entries?${query}`)
    },
    getNextPageParam: (last: LogEntries) => {
      const oldest = last.entries.at(-1)
      return last.entries.length < PAGE || oldest === undefined || oldest.seq === 0 ? null : oldest.seq
    },
  })
}
