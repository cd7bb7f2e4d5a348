import { z } from 'zod'
import { type Actor, changePassword, IDLE_LIMIT_MS, readDirectory, signOut } from '../../access/index.ts'
import { countsAt, ownCertificates } from '../../training/index.ts'
import { sessionOf } from '../authenticate.ts'
import {
  type PasswordChanged,
  passwordBody,
  passwordChangedSchema,
  type Session,
  sessionSchema,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { answers, changes } from '../route-docs.ts'
import { clearSessionCookie } from '../session-cookie.ts'

const TAGS = { tags: ['session'] }

export function sessionRoutes(app: Door, deps: HttpDeps): void {
  const reading = { ...TAGS, summary: 'Who is signed in', response: answers({ 200: sessionSchema }) }
  app.get('/session', { schema: reading }, async (request) => sessionBody(deps, sessionOf(request)))

  const closing = {
    ...TAGS,
    summary: 'Sign out',
    response: changes({ 204: z.null().meta({ description: 'Signed out' }) }),
  }
  app.delete('/session', { schema: closing }, async (request, reply) => {
    await signOut(deps, sessionOf(request).token)
    clearSessionCookie(reply, deps)
    return reply.code(204).send(null)
  })
  passwordRoute(app, deps)
}

function passwordRoute(app: Door, deps: HttpDeps): void {
  const schema = {
    ...TAGS,
    summary: 'Change the own password and end every other session of the account',
    body: passwordBody,
    response: changes({ 200: passwordChangedSchema }, 422),
  }
  app.put('/session/password', { schema }, async (request): Promise<PasswordChanged> => {
    const { actor, token } = sessionOf(request)
    return { ...valueFrom(await changePassword(deps, actor, { token, ...request.body })) }
  })
}

/** The person behind a session, with the certificates that count now. */
export async function sessionBody(
  deps: HttpDeps,
  session: { readonly actor: Actor; readonly expiresAt: string },
): Promise<Session> {
  const { actor, expiresAt } = session
  const { own } = await readDirectory(deps, actor)
  const certificates = await ownCertificates(deps, actor)
  const now = deps.clock.now()
  return {
    account: {
      id: actor.account,
      name: actor.name,
      agency: { id: own.id, ori: own.ori, name: own.name },
      roles: [...actor.roles],
      certificates: certificates
        .filter((certificate) => countsAt(certificate, now))
        .map(({ track, expiresAt }) => ({ track, expiresAt })),
    },
    expiresAt,
    idleLockMinutes: IDLE_LIMIT_MS / 60_000,
  }
}
