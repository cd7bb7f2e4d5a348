import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpDeps } from './http-deps.ts'

type CookieDeps = Pick<HttpDeps, 'secureCookies'>

export function cookieName(deps: CookieDeps): string {
  return deps.secureCookies ? '__Host-countenance_session' : 'countenance_session'
}

/** A cookie that scripts cannot read, other sites cannot send, and closing the browser forgets. */
export function setSessionCookie(reply: FastifyReply, deps: CookieDeps, token: string): void {
  reply.setCookie(cookieName(deps), token, cookieOptions(deps))
}

export function clearSessionCookie(reply: FastifyReply, deps: CookieDeps): void {
  reply.clearCookie(cookieName(deps), cookieOptions(deps))
}

function cookieOptions(deps: CookieDeps) {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: deps.secureCookies } as const
}

export interface GivenToken {
  readonly token: string
  /** `cookie`: the browser added it by itself, so the request must prove that the console sent it. */
  readonly by: 'header' | 'cookie'
}

/** The session token of a request, empty when it carries none. */
export function givenToken(request: FastifyRequest, deps: CookieDeps): GivenToken {
  const bearer = /^Bearer ([\w-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return { token: bearer, by: 'header' }
  return { token: request.cookies[cookieName(deps)] ?? '', by: 'cookie' }
}
