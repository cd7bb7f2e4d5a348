import { done, type Outcome, refuse } from '../base/index.ts'
import { type BookingFieldCode, type BookingInput, SEXES } from './booking.ts'

/** No jail photograph is older, so an earlier day is a slip of the pen. */
const EARLIEST_DAY = '1900-01-01'
const ADULT_AT = 18
const OLDEST_AT_BOOKING = 120

/** The fields of a booking in the form in which they are kept; the first one that cannot be used is refused. */
export function checkBooking(input: BookingInput, now: Date): Outcome<BookingInput, BookingFieldCode> {
  const today = now.toISOString().slice(0, 10)
  const trimmed = {
    ...input,
    bookingNumber: input.bookingNumber.trim(),
    personKey: input.personKey.trim(),
    bookedAt: dayOf(input.bookedAt),
    capturedAt: dayOf(input.capturedAt),
    chargeUcr: input.chargeUcr?.trim() || null,
  }
  for (const check of [checkNames, checkDays, checkPerson, checkCharge]) {
    const problem = check(trimmed, today)
    if (problem !== null) return problem
  }
  return done(trimmed)
}

type FieldRefusal = ReturnType<typeof refuse<BookingFieldCode>> | null

function checkNames(input: BookingInput): FieldRefusal {
  if (!isKey(input.bookingNumber)) {
    return unusable('booking_number_unusable', 'bookingNumber', 'booking number', '1 to 64 visible characters')
  }
  if (!isKey(input.personKey)) {
    return unusable('person_key_unusable', 'personKey', 'person key', '1 to 64 visible characters')
  }
  return null
}

function checkDays(input: BookingInput, today: string): FieldRefusal {
  const day = `a day from ${EARLIEST_DAY} to today, as YYYY-MM-DD or an ISO 8601 time`
  if (!isDay(input.bookedAt) || input.bookedAt > today) {
    return unusable('booked_at_unusable', 'bookedAt', 'day of booking', day)
  }
  if (!isDay(input.capturedAt)) {
    return unusable('captured_at_unusable', 'capturedAt', 'day of the photograph', day)
  }
  if (input.capturedAt > today) {
    return refuse(
      'captured_at_in_future',
      `The photograph is dated ${input.capturedAt}, which is in the future.`,
      'Correct the day on which the photograph was taken.',
      { where: 'capturedAt' },
    )
  }
  return null
}

function checkPerson(input: BookingInput): FieldRefusal {
  if (!SEXES.includes(input.sex)) return unusable('sex_unknown', 'sex', 'sex', 'M, F, X or U (not recorded)')
  if (input.birthYear === null) return null
  const age = Number(input.bookedAt.slice(0, 4)) - input.birthYear
  if (!Number.isInteger(input.birthYear) || age < 0 || age > OLDEST_AT_BOOKING) {
    return unusable('birth_year_unusable', 'birthYear', 'year of birth', 'four digits, before the booking, or nothing')
  }
  // A year alone cannot tell 17 from 18; whoever turned or turns 18 in the year of the booking counts as 18.
  if (age >= ADULT_AT) return null
  return refuse(
    'juvenile_not_enrolled',
    'The person was under 18 at booking, and juveniles are not enrolled.',
    'Leave this photograph out; correct the year of birth if it is wrong.',
    { where: 'birthYear' },
  )
}

function checkCharge(input: BookingInput): FieldRefusal {
  if (input.chargeUcr === null || /^[A-Z0-9][A-Z0-9_-]{0,63}$/.test(input.chargeUcr)) return null
  return unusable('charge_unusable', 'chargeUcr', 'charge', 'a UCR offence code such as 13A, or nothing')
}

function unusable(
  code: BookingFieldCode,
  where: string,
  name: string,
  expected: string,
): ReturnType<typeof refuse<BookingFieldCode>> {
  return refuse(code, `The ${name} cannot be used: expected ${expected}.`, `Correct the ${name}.`, { where })
}

function isKey(text: string): boolean {
  return /^[\p{L}\p{N}\p{P}\p{S} ]{1,64}$/u.test(text) && text.trim() !== ''
}

const ISO_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/** The day of an ISO 8601 time where it was written down; other text as it stands, for `isDay` to judge. */
function dayOf(text: string): string {
  const trimmed = text.trim()
  const day = ISO_TIME.exec(trimmed)?.[1]
  return day === undefined || Number.isNaN(Date.parse(trimmed)) ? trimmed : day
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < EARLIEST_DAY) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
