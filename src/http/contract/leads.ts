import { z } from 'zod'
import { boxSchema, idSchema, longText, searchProofSchema, shortText, stampSchema } from './common.ts'
import { conclusionSchema, verdictSchema } from './examinations.ts'

/** `relied_on` once an arrest rests on it together with independent evidence. */
export const leadStatusSchema = z.enum(['open', 'relied_on'])

export const leadSummarySchema = z
  .strictObject({
    id: z.string(),
    request: z.string(),
    issuedAt: stampSchema,
    status: leadStatusSchema,
    caseNumber: z.string(),
    crimeCode: z.string(),
    crimeLabel: z.string(),
    requesterName: z.string(),
    corroborations: z.int(),
  })
  .meta({ id: 'LeadSummary' })

export type LeadSummary = z.infer<typeof leadSummarySchema>

export const leadListSchema = z.strictObject({ leads: z.array(leadSummarySchema) }).meta({ id: 'LeadList' })

export type LeadList = z.infer<typeof leadListSchema>

export const corroborationBody = z
  .strictObject({
    type: shortText,
    /** Obtained without using the lead. */
    independentOfLead: z.boolean(),
    /** Exists only because of the lead, such as a line-up built from it. */
    derivedFromLead: z.boolean(),
    obtainedAt: shortText,
    reference: shortText,
    note: longText.optional(),
  })
  .meta({ id: 'RecordCorroboration' })

export type CorroborationBody = z.infer<typeof corroborationBody>

export const corroborationSchema = z
  .strictObject({
    id: z.string(),
    type: z.string(),
    typeLabel: z.string(),
    independentOfLead: z.boolean(),
    derivedFromLead: z.boolean(),
    obtainedAt: z.string(),
    reference: z.string(),
    note: z.string().nullable(),
    recordedAt: stampSchema,
    recordedByName: z.string(),
  })
  .meta({ id: 'Corroboration' })

export type Corroboration = z.infer<typeof corroborationSchema>

export const relianceBody = z.strictObject({ corroboration: idSchema }).meta({ id: 'RecordReliance' })

export type RelianceBody = z.infer<typeof relianceBody>

/** The lead was relied on for an arrest, with this corroboration. */
export const relianceSchema = z
  .strictObject({
    id: z.string(),
    corroboration: z.string(),
    recordedAt: stampSchema,
    recordedByName: z.string(),
  })
  .meta({ id: 'Reliance' })

export type Reliance = z.infer<typeof relianceSchema>

const leadCandidateSchema = z.strictObject({
  id: z.string(),
  imageUrl: z.string(),
  photoDate: z.string().nullable(),
  /** Years between the photograph and the probe. */
  photoAgeYears: z.number().nullable(),
  rank: z.int(),
  score: z.number(),
  scale: z.literal('cosine'),
  /** Id of the model that made the score. */
  model: z.string(),
  bookingNumber: z.string(),
})

const listedCandidateSchema = z.strictObject({
  id: z.string(),
  rank: z.int(),
  score: z.number(),
  verdictFirst: verdictSchema.nullable(),
  verdictSecond: verdictSchema.nullable(),
  /** Only where a third examiner decided. */
  verdictThird: verdictSchema.nullable(),
  imageUrl: z.string(),
  photoDate: z.string().nullable(),
})

const leadExaminerSchema = z.strictObject({
  order: z.int().min(1).max(3),
  name: z.string(),
  conclusion: conclusionSchema,
  limitations: z.string().nullable(),
  justification: z.string(),
  signedAt: stampSchema,
  /** SHA-256 over everything signed. */
  digest: z.string(),
})

export const leadPageSchema = z
  .strictObject({
    id: z.string(),
    issuedAt: stampSchema,
    status: leadStatusSchema,
    disclaimer: z.string(),
    /** Its `lead.issued` entry in the log; null while it waits for its place. */
    log: z.strictObject({ seq: z.int(), leafHash: z.string() }).nullable(),
    request: z.strictObject({
      id: z.string(),
      createdAt: stampSchema,
      caseNumber: z.string(),
      crimeCode: z.string(),
      crimeLabel: z.string(),
      purpose: z.string(),
      requesterName: z.string(),
      agencyName: z.string(),
      agencyOri: z.string(),
    }),
    probe: z.strictObject({
      imageUrl: z.string(),
      width: z.int(),
      height: z.int(),
      face: z.strictObject({ box: boxSchema }),
      capturedAt: z.string().nullable(),
    }),
    candidate: leadCandidateSchema,
    searched: z.int(),
    proof: searchProofSchema.nullable(),
    /** What the search was narrowed to, for people; null when it was not. */
    narrowed: z.string().nullable(),
    searchSentence: z.string(),
    /** Cosine below which nothing was listed. */
    threshold: z.number(),
    /** Innocent people expected at the named candidate's score or above, among those searched. */
    expectedByChance: z.strictObject({
      expected: z.number(),
      /** True when `expected` is only a bound. */
      floor: z.boolean(),
      sentence: z.string(),
    }),
    candidates: z.array(listedCandidateSchema),
    examiners: z.array(leadExaminerSchema),
    settledBy: z.enum(['agreement', 'majority', 'none']),
    /** Those of the probe, then those the examiners wrote down. */
    limitations: z.array(z.string()),
    corroborations: z.array(corroborationSchema),
    reliance: z.array(relianceSchema),
  })
  .meta({ id: 'LeadPage' })

export type LeadPage = z.infer<typeof leadPageSchema>
