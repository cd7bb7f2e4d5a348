import type { EngineCode } from '../engine/index.ts'

/** As recorded at booking: male, female, another entry, or not recorded. */
export type Sex = 'M' | 'F' | 'X' | 'U'

export const SEXES = ['M', 'F', 'X', 'U'] as const satisfies readonly Sex[]

/** One person of one source; the source's own key is the only thing known about who that is. */
export interface Subject {
  readonly id: string
  readonly personKey: string
}

/** One booking photograph with its provenance. Days are ISO days (`2024-05-31`); `enrolledAt` is a UTC time. */
export interface Booking {
  readonly id: string
  readonly source: string
  readonly subject: string
  readonly bookingNumber: string
  readonly bookedAt: string
  readonly birthYear: number | null
  readonly sex: Sex
  /** FBI UCR (NIBRS) offence code of the first charge, e.g. `13A`. */
  readonly chargeUcr: string | null
  /** The sealed original file. */
  readonly blob: string
  /** SHA-256 of the original file, 64 hex digits. */
  readonly imageDigest: string
  /** The day the photograph was taken. */
  readonly capturedAt: string
  readonly enrolledAt: string
  /** The account that enrolled it. */
  readonly enrolledBy: string
  readonly model: { readonly id: string; readonly sha256: string }
}

/** What a custodian gives to enrol one photograph. Values from outside: every one is checked. */
export interface BookingInput {
  readonly source: string
  readonly bookingNumber: string
  readonly personKey: string
  readonly bookedAt: string
  readonly capturedAt: string
  readonly birthYear: number | null
  readonly sex: Sex
  readonly chargeUcr: string | null
  /** The original JPEG or PNG file. */
  readonly image: Uint8Array
  /** The line of the file this came from, for the log. */
  readonly line?: number
}

export interface EnrolledBooking {
  readonly booking: Booking
  readonly state: 'enrolled' | 'already_enrolled'
}

/** Why the fields of a booking cannot be accepted. */
export type BookingFieldCode =
  | 'booking_number_unusable'
  | 'person_key_unusable'
  | 'booked_at_unusable'
  | 'captured_at_unusable'
  | 'captured_at_in_future'
  | 'birth_year_unusable'
  | 'sex_unknown'
  | 'charge_unusable'
  | 'juvenile_not_enrolled'

export type BookingCode =
  | 'role_required'
  | 'source_unknown'
  | BookingFieldCode
  | 'booking_of_another_person'
  | 'image_of_another_person'
  | 'model_changed'
  | EngineCode
