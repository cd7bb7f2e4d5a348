import { z } from 'zod'
import { idSchema, modelSchema, shortText, stampSchema } from './common.ts'

export const gallerySchema = z
  .strictObject({
    sources: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        class: z.literal('county_booking'),
        legalBasis: z.string(),
        registeredAt: stampSchema,
        /** The agencies that may search it; null for every one. */
        agencies: z.array(z.strictObject({ ori: z.string(), name: z.string() })).nullable(),
        bookings: z.int(),
      }),
    ),
    counts: z.strictObject({ subjects: z.int(), bookings: z.int() }),
    model: modelSchema,
  })
  .meta({ id: 'Gallery' })

export type Gallery = z.infer<typeof gallerySchema>

export const bookingSchema = z
  .strictObject({
    id: z.string(),
    source: z.string(),
    subject: z.string(),
    personKey: z.string(),
    bookingNumber: z.string(),
    /** ISO day. */
    bookedAt: z.string(),
    birthYear: z.int().nullable(),
    sex: z.enum(['M', 'F', 'X', 'U']),
    chargeUcr: z.string().nullable(),
    imageDigest: z.string(),
    /** ISO day of the photograph. */
    capturedAt: z.string(),
    enrolledAt: stampSchema,
    /** Id of the model the template was made with. */
    model: z.string(),
    imageUrl: z.string(),
  })
  .meta({ id: 'Booking' })

export type Booking = z.infer<typeof bookingSchema>

export const bookingsQuery = z.strictObject({
  /** The last id of the page before. */
  after: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const bookingListSchema = z
  .strictObject({
    bookings: z.array(bookingSchema),
    /** Give as `after` for the next page; null at the end. */
    next: z.string().nullable(),
  })
  .meta({ id: 'BookingList' })

export type BookingList = z.infer<typeof bookingListSchema>

/** The fields beside the file `image` in a multipart upload; all text. */
export const enrolBookingFields = z
  .strictObject({
    source: idSchema,
    personKey: shortText,
    bookingNumber: shortText,
    bookedAt: shortText,
    birthYear: shortText.optional(),
    sex: shortText.optional(),
    chargeUcr: shortText.optional(),
    capturedAt: shortText,
  })
  .meta({ id: 'EnrolBookingFields' })

export type EnrolBookingFields = z.infer<typeof enrolBookingFields>

export const enrolledSchema = z
  .strictObject({ booking: bookingSchema, state: z.enum(['enrolled', 'already_enrolled']) })
  .meta({ id: 'EnrolledBooking' })

export type EnrolledBooking = z.infer<typeof enrolledSchema>
