import { STATUS_CODES } from 'node:http'
import type { Outcome, Problem } from '../base/index.ts'
import type { ApiProblem, Finding } from './contract/index.ts'
import { statusOf } from './problem-status.ts'

/** A problem on its way to the client; made at the door alone, from what a room answered. */
export class HttpProblem extends Error {
  readonly problem: Problem
  readonly status: number
  readonly findings: readonly Finding[] | undefined

  constructor(problem: Problem, options: { readonly status?: number; readonly findings?: readonly Finding[] } = {}) {
    super(problem.message)
    this.name = 'HttpProblem'
    this.problem = problem
    this.status = options.status ?? statusOf(problem)
    this.findings = options.findings
  }
}

/** The value of an act that went well; its problem goes to the client otherwise. */
export function valueFrom<T, C extends string>(outcome: Outcome<T, C>): T {
  if (outcome.ok) return outcome.value
  throw new HttpProblem(outcome.problem)
}

/** RFC 9457 body of a problem. */
export function problemBody({ problem, status, findings }: HttpProblem): ApiProblem {
  const { code, message, remedy, where, facts } = problem
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Problem',
    ...{ status, code, detail: message, remedy },
    ...(where === undefined ? {} : { where }),
    ...(facts === undefined ? {} : { facts: { ...facts } as NonNullable<ApiProblem['facts']> }),
    ...(findings === undefined ? {} : { findings: [...findings] }),
  }
}
