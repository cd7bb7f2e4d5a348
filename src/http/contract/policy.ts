import { z } from 'zod'
import { longText, stampSchema } from './common.ts'

export const moratoriumSchema = z
  .strictObject({
    id: z.string(),
    reason: z.string(),
    startedAt: stampSchema,
    /** The person's name. */
    startedBy: z.string(),
  })
  .meta({ id: 'Moratorium' })

export type Moratorium = z.infer<typeof moratoriumSchema>

export const policySchema = z
  .strictObject({
    pack: z.string(),
    digest: z.string(),
    directives: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        /** For people. */
        text: z.string(),
        cedar: z.string(),
        /** The code its refusal carries. */
        code: z.string(),
        /** Where the rule comes from. */
        sources: z.array(z.string()),
      }),
    ),
    moratorium: moratoriumSchema.nullable(),
  })
  .meta({ id: 'Policy' })

export type Policy = z.infer<typeof policySchema>

export const moratoriumBody = z.strictObject({ reason: longText }).meta({ id: 'MoratoriumReason' })

export type MoratoriumBody = z.infer<typeof moratoriumBody>

export const moratoriumStateSchema = z
  .strictObject({ moratorium: moratoriumSchema.nullable() })
  .meta({ id: 'MoratoriumState' })

export type MoratoriumState = z.infer<typeof moratoriumStateSchema>
