import type { EnrolBookingFields } from '../../api/types.ts'
import type { FieldTrouble } from '../../components/error-summary.tsx'

/** The fields of one booking as typed; names as the service takes them. */
export interface Enrolment {
  readonly source: string
  readonly personKey: string
  readonly bookingNumber: string
  readonly bookedAt: string
  readonly capturedAt: string
  readonly birthYear: string
  readonly sex: string
}

export function emptyEnrolment(onlySource: string | undefined): Enrolment {
  return {
    source: onlySource ?? '',
    personKey: '',
    bookingNumber: '',
    bookedAt: '',
    capturedAt: '',
    birthYear: '',
    sex: '',
  }
}

/** @param today ISO day */
export function enrolmentTroubles(enrolment: Enrolment, hasImage: boolean, today: string): readonly FieldTrouble[] {
  const troubles: FieldTrouble[] = []
  const need = (field: string, absent: boolean, sentence: string) => absent && troubles.push({ field, sentence })
  need('enrolImage', !hasImage, 'Choose the photograph.')
  need('enrolSource', enrolment.source === '', 'Choose the source.')
  need('enrolPerson', enrolment.personKey.trim() === '', 'Give the key of the person at the source.')
  need('enrolNumber', enrolment.bookingNumber.trim() === '', 'Give the booking number.')
  troubles.push(...dayTroubles('enrolDay', 'booking', enrolment.bookedAt, today))
  troubles.push(...dayTroubles('enrolTaken', 'photograph', enrolment.capturedAt, today))
  const year = enrolment.birthYear.trim()
  need('enrolBirth', year !== '' && !/^(19|20)\d{2}$/.test(year), 'The year of birth has four digits, such as 1987.')
  return troubles
}

function dayTroubles(field: string, of: string, day: string, today: string): readonly FieldTrouble[] {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return [{ field, sentence: `Give the day of the ${of}.` }]
  return day > today ? [{ field, sentence: `The day of the ${of} lies in the future.` }] : []
}

/** Most photographs are taken on the day of the booking, so that day is offered until another one is given. */
export function withBookingDay(enrolment: Enrolment, bookedAt: string): Enrolment {
  const same = enrolment.capturedAt === '' || enrolment.capturedAt === enrolment.bookedAt
  return { ...enrolment, bookedAt, ...(same ? { capturedAt: bookedAt } : {}) }
}

/** The fields as the service takes them: trimmed, without the empty ones. */
export function toFields({ birthYear, sex, ...needed }: Enrolment): EnrolBookingFields {
  const year = birthYear.trim()
  return {
    ...needed,
    personKey: needed.personKey.trim(),
    bookingNumber: needed.bookingNumber.trim(),
    ...(year === '' ? {} : { birthYear: year }),
    ...(sex === '' ? {} : { sex }),
  }
}
