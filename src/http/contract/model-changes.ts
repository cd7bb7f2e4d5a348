import { z } from 'zod'
import { idSchema, longText, shortText, stampSchema } from './common.ts'

const modelNameSchema = z.strictObject({ id: z.string(), sha256: z.string() })

const personSchema = z.strictObject({ account: z.string(), name: z.string() })

/** How far the templates of a model have come, in photographs. */
const coverageSchema = z
  .strictObject({ bookings: z.int(), templates: z.int(), failed: z.int(), missing: z.int() })
  .meta({ id: 'TemplateCoverage' })

export type TemplateCoverage = z.infer<typeof coverageSchema>

export const proposalSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['model', 'floor']),
    model: modelNameSchema,
    /** Cosine, -1 to 1. */
    similarityFloor: z.number(),
    evaluation: z.string(),
    /** How the evaluation was judged, rule by rule. */
    findings: z.array(
      z.strictObject({ rule: z.string(), outcome: z.enum(['passed', 'failed']), sentence: z.string() }),
    ),
    proposedAt: stampSchema,
    proposedBy: personSchema,
    approvals: z.array(personSchema.extend({ at: stampSchema })),
    closure: z
      .strictObject({ outcome: z.enum(['rejected', 'withdrawn']), reason: z.string(), at: stampSchema })
      .nullable(),
    state: z.enum(['proposed', 'approved', 'active', 'superseded', 'rejected', 'withdrawn']),
  })
  .meta({ id: 'ModelProposal' })

export type ModelProposal = z.infer<typeof proposalSchema>

export const modelChangesSchema = z
  .strictObject({
    current: z.strictObject({ model: modelNameSchema, similarityFloor: z.number(), since: stampSchema.nullable() }),
    /** Newest first. */
    proposals: z.array(proposalSchema),
    approvalsNeeded: z.int(),
    /** Photographs with a template of the model in force. */
    coverage: coverageSchema,
    /** The change of model under way. */
    migration: z
      .strictObject({
        proposal: z.string(),
        coverage: coverageSchema,
        failures: z.array(z.strictObject({ code: z.string(), photographs: z.int() })),
      })
      .nullable(),
    /** Models that may be proposed, with what was measured of them. */
    models: z.array(
      modelNameSchema.extend({
        origin: z.enum(['built_in', 'registered']),
        licence: z.string().nullable(),
        evaluations: z.array(z.strictObject({ id: z.string(), set: z.string(), attachedAt: stampSchema })),
      }),
    ),
  })
  .meta({ id: 'ModelChanges' })

export type ModelChanges = z.infer<typeof modelChangesSchema>

export const proposeChangeBody = z
  .strictObject({
    /** The digest that the model's templates carry. */
    model: shortText,
    /** Cosine, -1 to 1. */
    similarityFloor: z.number(),
    /** An attached evaluation of that model; a proposal without one is refused. */
    evaluation: idSchema.optional(),
  })
  .meta({ id: 'ProposeModelChange' })

export type ProposeChangeBody = z.infer<typeof proposeChangeBody>

export const rejectChangeBody = z.strictObject({ reason: longText }).meta({ id: 'RejectModelChange' })
