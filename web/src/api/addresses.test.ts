import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { recordVerdict, signExamination } from './examinations.ts'
import { bookingsQuery, enrolBooking } from './gallery.ts'
import { recordReliance } from './leads.ts'
import { entriesQuery } from './log.ts'
import { queryClient } from './query-client.ts'
import type { BookingList, EnrolBookingFields, LogEntries } from './types.ts'

let asked: (readonly [string, string, unknown])[] = []
beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    asked.push([init.method ?? '', address, init.body === undefined ? null : JSON.parse(String(init.body))])
    return Response.json({})
  })
})
afterEach(() => {
  queryClient.clear()
  vi.unstubAllGlobals()
})

it('keeps an id from reaching another address', async () => {
  await recordReliance('a/../b?c', 'cor_1')
  await signExamination('a/b', { conclusion: 'inconclusive', justification: 'Too dark.' })
  expect(asked.map(([, address]) => address)).toEqual([
    '/api/leads/a%2F..%2Fb%3Fc/reliance',
    '/api/examinations/a%2Fb/signature',
  ])
})

it('sends a note with the verdict only when there is one, trimmed', async () => {
  for (const note of ['  ', ' The ear. ']) await recordVerdict('e', { candidate: 'c', verdict: 'excluded', note })
  expect(asked).toEqual([
    ['PUT', '/api/examinations/e/verdicts/c', { verdict: 'excluded' }],
    ['PUT', '/api/examinations/e/verdicts/c', { verdict: 'excluded', note: 'The ear.' }],
  ])
})

it('asks for the entries about one record, page by page', async () => {
  await queryClient.fetchInfiniteQuery(entriesQuery('req_1'))
  await queryClient.fetchInfiniteQuery({ ...entriesQuery(null), initialPageParam: 51 })
  expect(asked.map(([, address]) => address)).toEqual([
    '/api/log/entries?limit=50&about=req_1',
    '/api/log/entries?limit=50&before=51',
  ])
})

it.each([
  [50, 120, 120],
  [50, 0, null],
  [49, 120, null],
  [0, 0, null],
])('after %i entries, the oldest being %i, goes on before %s', (count, oldest, next) => {
  const entries = Array.from({ length: count }, (_, at) => ({ seq: oldest + count - 1 - at }))
  const { getNextPageParam } = entriesQuery(null)
  expect(getNextPageParam({ entries } as unknown as LogEntries, [], null, [])).toBe(next)
})

it('goes on in the gallery where the service says', async () => {
  const last = { next: 'bok/2' } as BookingList
  expect(bookingsQuery.getNextPageParam(last, [], null, [])).toBe('bok/2')
  await queryClient.fetchInfiniteQuery({ ...bookingsQuery, initialPageParam: 'bok/2' })
  expect(asked[0]?.[1]).toBe('/api/gallery/bookings?limit=40&after=bok%2F2')
})

it('sends a booking with its photograph and without fields that were left out', async () => {
  let sent = new FormData()
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      readonly upload = {}
      status = 201
      responseText = '{}'
      onload?: () => void
      open() {}
      setRequestHeader() {}
      send(form: FormData) {
        sent = form
        this.onload?.()
      }
    },
  )
  const fields = { source: 'src_1', personKey: 'P-1', sex: undefined } as unknown as EnrolBookingFields
  await enrolBooking(new File(['x'], 'p.jpg'), fields, () => undefined)
  expect([...sent.keys()]).toEqual(['source', 'personKey', 'image'])
})
