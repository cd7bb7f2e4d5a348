/** A problem+json answer as the door gives it; every field but `status` may be missing when a proxy answered instead. */
export interface ProblemBody {
  readonly status: number
  readonly code?: string
  readonly title?: string
  readonly detail?: string
  readonly remedy?: string
  readonly where?: string
  readonly findings?: unknown
  readonly facts?: Readonly<Record<string, unknown>>
}

/** What a person reads: one sentence saying what happened, one saying what to do. */
export interface ShownProblem {
  readonly code: string
  readonly sentence: string
  readonly remedy: string
  readonly where: string | null
}

/** A request to the service that did not end well. The only error the console throws. */
export class ApiProblem extends Error {
  readonly body: ProblemBody
  constructor(body: ProblemBody) {
    super(body.detail ?? body.title ?? `The service answered ${body.status}.`)
    this.name = 'ApiProblem'
    this.body = body
  }
}

type Words = readonly [sentence: string, remedy: string]

const BY_STATUS: Readonly<Record<number, Words>> = {
  0: ['The service could not be reached.', 'Check the network, then try again. Nothing was changed.'],
  401: ['Your session has ended.', 'Sign in again to continue.'],
  403: ['Your roles do not allow this.', 'Ask an administrator of your agency if you need it.'],
  404: ['There is no such record, or it belongs to another agency.', 'Check the address, or go back to the list.'],
  409: ['The record has changed in the meantime.', 'Load the page again and look at its present state.'],
  413: ['The file is larger than 25 MB.', 'Choose a smaller file.'],
  422: ['Something in the form could not be used.', 'Correct it and send it again.'],
  429: ['Too many attempts in a short time.', 'Wait a minute, then try again.'],
  503: ['The database is not answering.', 'Try again in a moment. Nothing was changed.'],
  507: ['The disk of the service is full.', 'Tell the administrator. Nothing was stored.'],
}

const UNKNOWN: Words = [
  'Something went wrong in the service.',
  'Try again. If it keeps happening, tell the administrator.',
]

/** Total: any thrown value becomes a sentence and a remedy. The service's own words win over ours. */
export function showProblem(thrown: unknown): ShownProblem {
  if (!(thrown instanceof ApiProblem))
    return { code: 'unexpected', sentence: UNKNOWN[0], remedy: UNKNOWN[1], where: null }
  const { status, code, detail, remedy, where } = thrown.body
  const [sentence, advice] = BY_STATUS[status] ?? UNKNOWN
  return {
    code: code ?? `http_${status}`,
    sentence: detail ?? sentence,
    remedy: remedy ?? advice,
    where: where ?? null,
  }
}

export function hasStatus(thrown: unknown, status: number): boolean {
  return thrown instanceof ApiProblem && thrown.body.status === status
}
