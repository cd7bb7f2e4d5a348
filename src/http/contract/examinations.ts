import { z } from 'zod'
import { boxSchema, idSchema, longText, pointSchema, shortText, stampSchema } from './common.ts'

export const verdictSchema = z.enum(['excluded', 'cannot_exclude', 'inconclusive'])

export type VerdictCode = z.infer<typeof verdictSchema>

export const conclusionSchema = z.enum([
  'investigative_lead',
  'no_viable_candidate',
  'inconclusive',
  'insufficient_quality',
])

export type ConclusionCode = z.infer<typeof conclusionSchema>

const orderSchema = z.union([z.literal(1), z.literal(2), z.literal(3)])

/** A place in the queue; nothing about the case. */
export const queuePlaceSchema = z
  .strictObject({
    request: z.string(),
    /** 1 first, 2 verification, 3 resolution. */
    order: orderSchema,
    state: z.enum(['waiting', 'mine']),
    examination: z.string().nullable(),
    receivedAt: stampSchema,
    /** How many candidates the list has. */
    candidates: z.int(),
  })
  .meta({ id: 'QueuePlace' })

export type QueuePlace = z.infer<typeof queuePlaceSchema>

export const examinationQueueSchema = z
  .strictObject({ queue: z.array(queuePlaceSchema) })
  .meta({ id: 'ExaminationQueue' })

export type ExaminationQueue = z.infer<typeof examinationQueueSchema>

/** A candidate as an examiner sees it: strict, so that nothing else can be sent. */
export const viewCandidateSchema = z
  .strictObject({
    /** Opaque. */
    id: z.string(),
    imageUrl: z.string(),
    photoDate: z.string().nullable(),
    /** This examiner's own, null until given. */
    verdict: verdictSchema.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'ViewCandidate' })

export type ViewCandidate = z.infer<typeof viewCandidateSchema>

/** Everything an examiner may see before signing; candidates come in a shuffled order. */
export const examinationViewSchema = z
  .strictObject({
    id: z.string(),
    request: z.string(),
    order: orderSchema,
    openedAt: stampSchema,
    signed: z.boolean(),
    probe: z.strictObject({
      imageUrl: z.string(),
      width: z.int(),
      height: z.int(),
      face: z.strictObject({ box: boxSchema, landmarks: z.array(pointSchema) }),
      limitations: z.array(z.string()),
    }),
    /** How many photographs were compared, which, and whether the list is proved exact: a sentence. */
    searched: z.string(),
    candidates: z.array(viewCandidateSchema),
  })
  .meta({ id: 'ExaminationView' })

export type ExaminationView = z.infer<typeof examinationViewSchema>

export const candidateParams = z.strictObject({ id: idSchema, candidate: idSchema })

export const verdictBody = z.strictObject({ verdict: shortText, note: longText.optional() }).meta({ id: 'GiveVerdict' })

export type VerdictBody = z.infer<typeof verdictBody>

/** The verdict that counts now. */
export const givenVerdictSchema = z
  .strictObject({ candidate: z.string(), verdict: verdictSchema.nullable(), note: z.string().nullable() })
  .meta({ id: 'GivenVerdict' })

export type GivenVerdict = z.infer<typeof givenVerdictSchema>

/** A code of `/api/reference`. */
export const releaseBody = z.strictObject({ reason: shortText }).meta({ id: 'ReleaseExamination' })

export type ReleaseBody = z.infer<typeof releaseBody>

/** The examination ended unsigned; its order is open to another examiner. */
export const releasedExaminationSchema = z
  .strictObject({
    examination: z.string(),
    request: z.string(),
    order: orderSchema,
    reason: z.string(),
    releasedAt: stampSchema,
  })
  .meta({ id: 'ReleasedExamination' })

export type ReleasedExamination = z.infer<typeof releasedExaminationSchema>

export const signatureBody = z
  .strictObject({
    conclusion: shortText,
    /** With `investigative_lead`: the one candidate. */
    leadCandidate: idSchema.optional(),
    limitations: longText.optional(),
    justification: longText,
  })
  .meta({ id: 'SignExamination' })

export type SignatureBody = z.infer<typeof signatureBody>

export const signedExaminationSchema = z
  .strictObject({
    request: z.string(),
    order: orderSchema,
    state: z.enum(['awaiting_second', 'agreed', 'unresolved', 'resolved']),
    /** The outcome, once agreed or resolved. */
    outcome: conclusionSchema.nullable(),
    lead: z.strictObject({ id: z.string() }).nullable(),
  })
  .meta({ id: 'SignedExamination' })

export type SignedExamination = z.infer<typeof signedExaminationSchema>
