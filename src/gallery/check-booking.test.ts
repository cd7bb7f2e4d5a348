import { describe, expect, it } from 'vitest'
import type { BookingInput } from './booking.ts'
import { checkBooking } from './check-booking.ts'
import { bookingInput } from './test-gallery.fixture.ts'

const now = new Date('2026-11-22T15:00:00Z')

const check = (change: Partial<BookingInput>) => checkBooking({ ...bookingInput('src_1', 'image'), ...change }, now)

describe('checkBooking', () => {
  it.each<[Partial<BookingInput>, string, string]>([
    [{ bookingNumber: '   ' }, 'booking_number_unusable', 'bookingNumber'],
    [{ bookingNumber: 'B'.repeat(65) }, 'booking_number_unusable', 'bookingNumber'],
    [{ personKey: '' }, 'person_key_unusable', 'personKey'],
    [{ personKey: 'a\nb' }, 'person_key_unusable', 'personKey'],
    [{ personKey: 'a\u0000b' }, 'person_key_unusable', 'personKey'],
    [{ personKey: 'a\ud800b' }, 'person_key_unusable', 'personKey'],
    [{ bookedAt: '31.05.2024' }, 'booked_at_unusable', 'bookedAt'],
    [{ bookedAt: '2024-02-30' }, 'booked_at_unusable', 'bookedAt'],
    [{ bookedAt: '2024-13-01' }, 'booked_at_unusable', 'bookedAt'],
    [{ bookedAt: '1899-12-31' }, 'booked_at_unusable', 'bookedAt'],
    [{ bookedAt: '2026-11-23' }, 'booked_at_unusable', 'bookedAt'],
    [{ bookedAt: '2024-05-31T25:00:00Z' }, 'booked_at_unusable', 'bookedAt'],
    [{ bookedAt: '2024-05-31T10:00:00' }, 'booked_at_unusable', 'bookedAt'],
    [{ capturedAt: '2024-5-31' }, 'captured_at_unusable', 'capturedAt'],
    [{ capturedAt: '' }, 'captured_at_unusable', 'capturedAt'],
    [{ capturedAt: '2026-11-23' }, 'captured_at_in_future', 'capturedAt'],
    [{ birthYear: 2007 }, 'juvenile_not_enrolled', 'birthYear'],
    [{ birthYear: 2024 }, 'juvenile_not_enrolled', 'birthYear'],
    [{ birthYear: 2025 }, 'birth_year_unusable', 'birthYear'],
    [{ birthYear: 1903 }, 'birth_year_unusable', 'birthYear'],
    [{ birthYear: 1990.5 }, 'birth_year_unusable', 'birthYear'],
    [{ birthYear: Number.NaN }, 'birth_year_unusable', 'birthYear'],
    [{ sex: 'W' as 'F' }, 'sex_unknown', 'sex'],
    [{ sex: '' as 'F' }, 'sex_unknown', 'sex'],
    [{ chargeUcr: 'burglary, first' }, 'charge_unusable', 'chargeUcr'],
  ])('refuses %j as %s', (change, code, where) => {
    const problem = { kind: 'refusal', code, where, message: expect.stringMatching(/\.$/) }
    expect(check(change)).toMatchObject({ ok: false, problem })
  })

  it.each<Partial<BookingInput>>([
    { bookedAt: '1900-01-01', capturedAt: '1900-01-01', birthYear: null },
    { bookedAt: '2026-11-22', capturedAt: '2026-11-22' },
    { bookedAt: '2024-02-29' },
    { birthYear: 2006 },
    { birthYear: 1904 },
    { bookingNumber: 'B'.repeat(64), personKey: 'Zoë 12/b' },
    { sex: 'X', chargeUcr: 'AGGRAVATED_ASSAULT' },
    { sex: 'U', chargeUcr: null },
  ])('takes %j, which is just within the limits', (change) => {
    expect(check(change)).toMatchObject({ ok: true, value: change })
  })

  it('keeps the day of an ISO 8601 time, where it was written down', () => {
    const change = { bookedAt: '2024-05-31T23:30:00-07:00', capturedAt: ' 2024-05-30T00:15:30.5Z ' }
    expect(check(change)).toMatchObject({ ok: true, value: { bookedAt: '2024-05-31', capturedAt: '2024-05-30' } })
  })

  it('says what it expected', () => {
    const problem = {
      message:
        'The day of booking cannot be used: expected a day from 1900-01-01 to today, as YYYY-MM-DD or an ISO 8601 time.',
    }
    expect(check({ bookedAt: 'yesterday' })).toMatchObject({ problem })
  })

  it('trims, and takes an empty charge for none', () => {
    const value = { bookingNumber: 'B 1', personKey: 'ada', chargeUcr: null }
    expect(check({ bookingNumber: ' B 1 ', personKey: 'ada\t', chargeUcr: ' ' })).toMatchObject({ ok: true, value })
  })
})
