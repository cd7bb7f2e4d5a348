import type { FastifyReply, FastifyRequest } from 'fastify'
import { fail, type Problem, refuse } from '../base/index.ts'
import type { HttpDeps } from './http-deps.ts'
import { HttpProblem, problemBody } from './http-problem.ts'
import { readError } from './read-error.ts'

/** The one error handler: every problem leaves as problem+json; the unexpected as an incident's id alone. */
export function answerError(deps: Pick<HttpDeps, 'ids' | 'onIncident'>) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    return sendProblem(reply, readError(error) ?? recordIncident(deps, error, request))
  }
}

export function sendProblem(reply: FastifyReply, problem: HttpProblem): FastifyReply {
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(problemBody(problem))
}

/** An address that no route answers to. */
export function routeUnknown(): HttpProblem {
  return new HttpProblem(refuse('route_unknown', 'There is nothing at this address.', 'See /openapi.json.').problem)
}

function recordIncident(
  deps: Pick<HttpDeps, 'ids' | 'onIncident'>,
  error: unknown,
  request: FastifyRequest,
): HttpProblem {
  const id = deps.ids.next('inc')
  deps.onIncident?.({ id, method: request.method, url: request.url, error })
  return new HttpProblem(unexpected(id), { status: 500 })
}

function unexpected(incident: string): Problem {
  const remedy = `Try again; if it happens again, give the administrator the number ${incident}.`
  return fail('unexpected', 'Something went wrong in the service.', remedy, { facts: { incident } }).problem
}
