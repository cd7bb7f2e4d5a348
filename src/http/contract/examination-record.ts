import { z } from 'zod'
import { searchProofSchema, stampSchema } from './common.ts'
import { conclusionSchema, verdictSchema } from './examinations.ts'

const orderSchema = z.int().min(1).max(3)

const recordedCandidateSchema = z
  .strictObject({
    id: z.string(),
    rank: z.int(),
    /** Cosine, -1 to 1. */
    score: z.number(),
    photoDate: z.string().nullable(),
    /** How many innocent people such a score is expected to bring. */
    expectedByChance: z.number(),
    /** True when `expectedByChance` is only a bound. */
    floor: z.boolean(),
    /** The other photographs of the same person among those searched, best first. */
    others: z.array(z.strictObject({ booking: z.string(), score: z.number() })),
    /** Signed ones, by order. */
    verdicts: z.array(z.strictObject({ order: orderSchema, verdict: verdictSchema, note: z.string().nullable() })),
  })
  .meta({ id: 'RecordedCandidate' })

export type RecordedCandidate = z.infer<typeof recordedCandidateSchema>

const recordedExaminationSchema = z
  .strictObject({
    id: z.string(),
    /** 1 first, 2 verification, 3 resolution. */
    order: orderSchema,
    examiner: z.string(),
    examinerName: z.string(),
    openedAt: stampSchema,
    /** Null while it is open. */
    signature: z
      .strictObject({
        conclusion: conclusionSchema,
        leadCandidate: z.string().nullable(),
        limitations: z.string().nullable(),
        justification: z.string(),
        digest: z.string(),
        signedAt: stampSchema,
      })
      .nullable(),
  })
  .meta({ id: 'RecordedExamination' })

export type RecordedExamination = z.infer<typeof recordedExaminationSchema>

/** Everything that was judged about one request, for those who may see it. */
export const examinationRecordSchema = z
  .strictObject({
    request: z.string(),
    state: z.enum(['waiting', 'in_progress', 'settled']),
    outcome: conclusionSchema.nullable(),
    /** The candidate of an investigative lead. */
    candidate: z.string().nullable(),
    settledBy: z.enum(['agreement', 'majority', 'none']).nullable(),
    resolvedAt: stampSchema.nullable(),
    searched: z.int(),
    proof: searchProofSchema.nullable(),
    /** What the search was narrowed to, for people; null when it was not. */
    narrowed: z.string().nullable(),
    searchSentence: z.string(),
    threshold: z.number(),
    scale: z.literal('cosine'),
    /** Id of the model that made the scores. */
    model: z.string(),
    /** By rank. */
    candidates: z.array(recordedCandidateSchema),
    examinations: z.array(recordedExaminationSchema),
  })
  .meta({ id: 'ExaminationRecord' })

export type ExaminationRecord = z.infer<typeof examinationRecordSchema>
