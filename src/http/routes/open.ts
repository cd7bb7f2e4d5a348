import { signIn, USE_BANNER } from '../../access/index.ts'
import { healthSchema, openedSessionSchema, signInBody, welcomeSchema } from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { openAnswers } from '../route-docs.ts'
import { setSessionCookie } from '../session-cookie.ts'
import { sessionBody } from './session.ts'

const OPEN = { security: [], tags: ['session'] }
const SIGN_INS_PER_MINUTE = 30

/** What can be reached before signing in. */
export function openRoutes(app: Door, deps: HttpDeps): void {
  const { version } = deps
  const health = { ...OPEN, summary: 'Whether the server runs', response: openAnswers({ 200: healthSchema }) }
  app.get('/health', { schema: health }, async () => ({ status: 'ok', version }) as const)

  const welcome = {
    ...OPEN,
    summary: 'The use notice shown before signing in',
    response: openAnswers({ 200: welcomeSchema }),
  }
  app.get('/api/welcome', { schema: welcome }, async () => ({ banner: USE_BANNER, version }))

  const signingIn = {
    ...OPEN,
    summary: 'Sign in',
    body: signInBody,
    response: openAnswers({ 200: openedSessionSchema }, 400, 401, 403, 413, 415, 422, 429, 500, 503),
  }
  const rateLimit = {
    max: deps.signInsPerMinute ?? SIGN_INS_PER_MINUTE,
    timeWindow: 60_000,
    errorResponseBuilder: () => Object.assign(new Error('Too many attempts.'), { code: 'FST_ERR_RATE_LIMITED' }),
  }
  app.post('/api/session', { schema: signingIn, config: { rateLimit } }, async (request, reply) => {
    const { token, actor, expiresAt } = valueFrom(await signIn(deps, request.body))
    setSessionCookie(reply, deps, token)
    return { ...(await sessionBody(deps, { actor, expiresAt })), token }
  })
}
