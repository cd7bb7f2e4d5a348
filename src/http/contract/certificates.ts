import { z } from 'zod'
import { shortText, stampSchema } from './common.ts'

export const trackSchema = z.enum(['requester', 'operator', 'examiner', 'supervisor', 'auditor'])

export type TrackName = z.infer<typeof trackSchema>

export const certificateSchema = z
  .strictObject({
    id: z.string(),
    track: z.string(),
    course: z.string(),
    issuedAt: stampSchema,
    expiresAt: stampSchema,
    revokedAt: stampSchema.nullable(),
    /** It counts now. */
    valid: z.boolean(),
  })
  .meta({ id: 'Certificate' })

export type CertificateBody = z.infer<typeof certificateSchema>

export const issueCertificateBody = z
  .strictObject({
    track: trackSchema,
    /** Code of the course, such as `face-search-requester`. */
    course: shortText,
    courseVersion: shortText,
    /** Share of questions answered right, 0 to 1. */
    score: z.number(),
    /** The day the course was completed; today when left out. The 12 months run from here. */
    completedAt: shortText.optional(),
  })
  .meta({ id: 'IssueCertificate' })

export type IssueCertificateBody = z.infer<typeof issueCertificateBody>

/** A closed list, so that the log never describes a person. */
export const revocationBody = z
  .strictObject({ reason: z.enum(['misuse', 'course_withdrawn', 'issued_in_error', 'holder_left']) })
  .meta({ id: 'RevokeCertificate' })

export type RevocationBody = z.infer<typeof revocationBody>
