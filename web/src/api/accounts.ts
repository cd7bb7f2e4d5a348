import { queryOptions } from '@tanstack/react-query'
import { callApi } from './call-api.ts'
import type { AccountBody } from './types.ts'

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: () => callApi<{ accounts: readonly AccountBody[] }>('GET', '/accounts'),
})
