import { z } from 'zod'
import { certificateSchema } from './certificates.ts'
import { roleSchema, stampSchema } from './common.ts'

export const accountSchema = z
  .strictObject({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    roles: z.array(roleSchema),
    state: z.enum(['open', 'locked', 'suspended']),
    openedAt: stampSchema,
    certificates: z.array(certificateSchema),
  })
  .meta({ id: 'Account' })

export type AccountBody = z.infer<typeof accountSchema>

export const accountListSchema = z.strictObject({ accounts: z.array(accountSchema) }).meta({ id: 'AccountList' })

export type AccountList = z.infer<typeof accountListSchema>

/** A closed list, so that the log never describes a person. */
export const suspensionBody = z
  .strictObject({ reason: z.enum(['left_agency', 'on_leave', 'under_review', 'password_exposed']) })
  .meta({ id: 'SuspendAccount' })

export type SuspensionBody = z.infer<typeof suspensionBody>

/** An account after an act on it. */
export const accountStateSchema = z
  .strictObject({ id: z.string(), state: z.enum(['open', 'locked', 'suspended']) })
  .meta({ id: 'AccountState' })

export type AccountState = z.infer<typeof accountStateSchema>
