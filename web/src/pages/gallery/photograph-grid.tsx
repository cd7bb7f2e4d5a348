import { useInfiniteQuery } from '@tanstack/react-query'
import { bookingsQuery } from '../../api/gallery.ts'
import type { Booking } from '../../api/types.ts'
import { Day } from '../../components/moment.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { Shade } from '../../components/shade.tsx'

export function PhotographGrid() {
  const query = useInfiniteQuery(bookingsQuery)
  const bookings = query.data?.pages.flatMap((page) => page.bookings) ?? []
  return (
    <section className="photographs" aria-labelledby="photographs-title">
      <h2 id="photographs-title">Photographs</h2>
      {query.isError ? <ProblemNotice thrown={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Shade rows={2} height={180} /> : null}
      {query.isSuccess && bookings.length === 0 ? <p className="soft">Nothing is enrolled yet.</p> : null}
      <ul className="grid">
        {bookings.map((booking) => (
          <Photograph key={booking.id} booking={booking} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <div>
          <button
            className="button"
            type="button"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {query.isFetchingNextPage ? 'Loading' : 'Show more'}
          </button>
        </div>
      ) : null}
    </section>
  )
}

function Photograph({ booking }: { readonly booking: Booking }) {
  return (
    <li>
      <img src={booking.imageUrl} alt={`Booking ${booking.bookingNumber}`} width={120} height={150} loading="lazy" />
      <p className="tiny">{booking.bookingNumber}</p>
      <p className="tiny soft">
        <Day at={booking.capturedAt ?? booking.bookedAt} />
      </p>
    </li>
  )
}
