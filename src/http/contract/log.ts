import { z } from 'zod'
import { idSchema, stampSchema } from './common.ts'

export const logHeadSchema = z
  .strictObject({
    origin: z.string(),
    /** C2SP signed-note verifier key. */
    verifierKey: z.string(),
    /** The signed checkpoint, a C2SP note. */
    checkpoint: z.string(),
    size: z.int(),
    /** Root hash, as in the checkpoint. */
    root: z.string(),
    /** The newest checkpoint that a witness cosigned; null when no witness is set, or none has. */
    witnessed: z
      .strictObject({
        size: z.int(),
        /** The signed checkpoint with its cosignatures. */
        checkpoint: z.string(),
        /** How many of the witnesses cosigned it. */
        count: z.int(),
        /** How many must. */
        needed: z.int(),
        cosignedAt: stampSchema,
      })
      .nullable(),
  })
  .meta({ id: 'LogHead' })

export type LogHead = z.infer<typeof logHeadSchema>

/** Ids, codes, counts, digests; never a name or an image. */
const factSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])

export const entrySchema = z
  .strictObject({
    /** 0-based place in the log. */
    seq: z.int(),
    act: z.string(),
    /** The act in words. */
    sentence: z.string(),
    at: stampSchema,
    actor: z.string().nullable(),
    actorName: z.string().nullable(),
    agency: z.string().nullable(),
    /** Id of the record acted on. */
    about: z.string().nullable(),
    facts: z.record(z.string(), factSchema),
    leafHash: z.string(),
  })
  .meta({ id: 'LogEntry' })

export type LogEntry = z.infer<typeof entrySchema>

export const entriesQuery = z.strictObject({
  /** Entries before this place. */
  before: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  about: idSchema.optional(),
})

/** Newest first. */
export const entryListSchema = z
  .strictObject({ entries: z.array(entrySchema), size: z.int() })
  .meta({ id: 'LogEntries' })

export type LogEntries = z.infer<typeof entryListSchema>

export const seqParams = z.strictObject({ seq: z.coerce.number().int().min(0) })

export const logProofSchema = z
  .strictObject({
    seq: z.int(),
    size: z.int(),
    leafHash: z.string(),
    /** Inclusion path (RFC 9162, 2.1.3), 64 hex digits each. */
    path: z.array(z.string()),
    root: z.string(),
    /** The signed checkpoint of that size; null when none was signed. */
    checkpoint: z.string().nullable(),
  })
  .meta({ id: 'LogProof' })

export type LogProof = z.infer<typeof logProofSchema>

export const logVerificationSchema = z
  .strictObject({
    ok: z.boolean(),
    size: z.int(),
    root: z.string(),
    tookMs: z.number(),
    /** What is wrong, in sentences; empty when nothing is. */
    faults: z.array(z.string()),
  })
  .meta({ id: 'LogVerification' })

export type LogVerification = z.infer<typeof logVerificationSchema>
