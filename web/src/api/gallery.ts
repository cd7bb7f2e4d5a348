import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { callApi, uploadForm } from './call-api.ts'
import type { BookingList, EnrolBookingFields, EnrolledBooking, Gallery } from './types.ts'

export const galleryQuery = queryOptions({
  queryKey: ['gallery'],
  queryFn: () => callApi<Gallery>('GET', '/gallery'),
})

const PAGE = 40

export const bookingsQuery = infiniteQueryOptions({
  queryKey: ['gallery', 'bookings'],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam }) => {
    const after = pageParam === null ? '' : `&after=${encodeURIComponent(pageParam)}`
    return callApi<BookingList>('GET', `/gallery/bookings?limit=${PAGE}${after}`)
  },
  getNextPageParam: (last: BookingList) => last.next,
})

/** One photograph with its booking fields, all text. */
export function enrolBooking(
  image: File,
  fields: EnrolBookingFields,
  onProgress: (share: number) => void,
): Promise<EnrolledBooking> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value)
  form.set('image', image)
  return uploadForm<EnrolledBooking>('/gallery/bookings', form, onProgress)
}
