import type { FastifyRequest } from 'fastify'
import { type Actor, readSession } from '../access/index.ts'
import { refuse } from '../base/index.ts'
import type { HttpDeps } from './http-deps.ts'
import { HttpProblem, valueFrom } from './http-problem.ts'
import { type GivenToken, givenToken } from './session-cookie.ts'

export interface RequestSession {
  readonly actor: Actor
  readonly token: string
  readonly expiresAt: string
}

declare module 'fastify' {
  interface FastifyRequest {
    session: RequestSession | null
  }
}

/** The hook of every route behind sign-in: who is asking, before anything of the request is read. */
export function authenticate(deps: HttpDeps) {
  return async (request: FastifyRequest): Promise<void> => {
    const given = givenToken(request, deps)
    const { actor, expiresAt } = valueFrom(await readSession(deps, given.token))
    requireConsole(request, given)
    request.session = { actor, token: given.token, expiresAt }
  }
}

/** The session behind the request. */
export function sessionOf(request: FastifyRequest): RequestSession {
  if (request.session === null) throw new Error('This route is not behind sign-in.')
  return request.session
}

export function actorOf(request: FastifyRequest): Actor {
  return sessionOf(request).actor
}

const HARMLESS = ['GET', 'HEAD', 'OPTIONS']

/** Another site can make a browser send the cookie, but not this header. */
function requireConsole(request: FastifyRequest, given: GivenToken): void {
  if (given.by === 'header' || HARMLESS.includes(request.method)) return
  if (request.headers['x-countenance'] === 'console') return
  const message = 'The request did not come from the console.'
  const remedy = 'Send the header x-countenance: console, or a bearer token.'
  throw new HttpProblem(refuse('console_header_required', message, remedy).problem)
}
