import { z } from 'zod'
import { roleSchema, stampSchema } from './common.ts'

export const signInBody = z
  .strictObject({
    username: z.string().min(1).max(200),
    password: z.string().min(1).max(1000),
    /** The use notice was shown and accepted. */
    acknowledged: z.boolean(),
  })
  .meta({ id: 'SignIn' })

export type SignInBody = z.infer<typeof signInBody>

export const signedInAccountSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    agency: z.strictObject({ id: z.string(), ori: z.string(), name: z.string() }),
    roles: z.array(roleSchema),
    /** Certificates valid now. */
    certificates: z.array(z.strictObject({ track: z.string(), expiresAt: stampSchema })),
  })
  .meta({ id: 'SignedInAccount' })

export type SignedInAccount = z.infer<typeof signedInAccountSchema>

export const sessionSchema = z
  .strictObject({
    account: signedInAccountSchema,
    /** The absolute end, 12 hours after signing in. */
    expiresAt: stampSchema,
    /** The session locks after this much rest. */
    idleLockMinutes: z.int(),
  })
  .meta({ id: 'Session' })

export type Session = z.infer<typeof sessionSchema>

/** As `Session`, with the token for `Authorization: Bearer`, shown this once. */
export const openedSessionSchema = z
  .strictObject({ ...sessionSchema.shape, token: z.string() })
  .meta({ id: 'OpenedSession' })

export type OpenedSessionBody = z.infer<typeof openedSessionSchema>

export const passwordBody = z
  .strictObject({ oldPassword: z.string().min(1).max(1000), newPassword: z.string().max(1000) })
  .meta({ id: 'ChangePassword' })

export type PasswordBody = z.infer<typeof passwordBody>

/** The password was changed; every other session of the account ended. */
export const passwordChangedSchema = z.strictObject({ sessionsEnded: z.int() }).meta({ id: 'PasswordChanged' })

export type PasswordChanged = z.infer<typeof passwordChangedSchema>

/** What the sign-in page needs before anybody is signed in. */
export const welcomeSchema = z.strictObject({ banner: z.string(), version: z.string() }).meta({ id: 'Welcome' })

export type Welcome = z.infer<typeof welcomeSchema>
