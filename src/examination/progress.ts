import { done, type Outcome, refuse } from '../base/index.ts'
import type { RequestState } from '../intake/index.ts'
import type { Tx } from '../store/index.ts'
import type { Examination, Order, Release, Signature } from './examination.ts'
import { examinationsOf, releasesOf, signaturesOf } from './records.ts'
import { settle } from './settlement.ts'

/** One order of a request with its signature; null while it is open. */
export interface Step {
  readonly examination: Examination
  readonly signature: Signature | null
}

/** How far the examination of a request has come. */
export interface Progress {
  /** What counts, by order. */
  readonly steps: readonly Step[]
  /** What was given up before it was signed. */
  readonly releases: readonly Release[]
}

export interface Examined {
  readonly requester: string
  readonly state: RequestState
}

export type ClaimCode =
  | 'requester_cannot_examine'
  | 'not_ready_for_examination'
  | 'already_examined'
  | 'released_from_request'
  | 'examination_taken'
  | 'examination_finished'

/** What an examiner may do now: go on with the examination held, or open the next order. */
export type Claim = { readonly held: Examination } | { readonly held: null; readonly order: Order }

/** The states in which there is something to examine. */
export const EXAMINED_STATES = [
  'searched',
  'in_examination',
  'in_verification',
  'in_resolution',
] as const satisfies readonly RequestState[]

/** By order. */
export async function stepsOf(tx: Tx, request: string): Promise<readonly Step[]> {
  const signatures = await signaturesOf(tx, request)
  const examinations = await examinationsOf(tx, request)
  return examinations.map((examination) => ({
    examination,
    signature: signatures.find((signature) => signature.examination === examination.id) ?? null,
  }))
}

export async function progressOf(tx: Tx, request: string): Promise<Progress> {
  return { steps: await stepsOf(tx, request), releases: await releasesOf(tx, request) }
}

/** Who may open what: never the requester, never the same person twice, one at a time, and nothing once it is settled. */
export function claimOf(request: Examined, progress: Progress, examiner: string): Outcome<Claim, ClaimCode> {
  const { steps, releases } = progress
  if (request.requester === examiner) return REFUSALS.requester
  const own = steps.find((step) => step.examination.examiner === examiner)
  if (own?.signature === null) return done({ held: own.examination })
  if (own !== undefined) return REFUSALS.again
  if (releases.some((release) => barsReturn(release, examiner))) return REFUSALS.released
  if (isFinished(request, steps)) return REFUSALS.finished
  if (!(EXAMINED_STATES as readonly RequestState[]).includes(request.state)) return REFUSALS.notReady
  if (steps.some((step) => step.signature === null)) return REFUSALS.taken
  return done({ held: null, order: (steps.length + 1) as Order })
}

function barsReturn(release: Release, examiner: string): boolean {
  return release.examination.examiner === examiner && release.reason !== 'OPENED_BY_MISTAKE'
}

function isFinished(request: Examined, steps: readonly Step[]): boolean {
  const signatures = steps.flatMap((step) => (step.signature === null ? [] : [step.signature]))
  return request.state === 'lead' || request.state === 'closed' || settle(signatures).outcome !== null
}

const REFUSALS = {
  requester: refuse(
    'requester_cannot_examine',
    'You asked for this search, so you cannot examine its candidates.',
    'Leave it to an examiner who has nothing to do with the request.',
  ),
  again: refuse(
    'already_examined',
    'You have signed an examination of this request, and each examination needs another person.',
    'Leave it to another examiner.',
  ),
  released: refuse(
    'released_from_request',
    'You were released from this request, so you cannot examine it in any order.',
    'Leave it to another examiner.',
  ),
  finished: refuse(
    'examination_finished',
    'The examination of this request has ended.',
    'Read its record; a new look needs a new request.',
  ),
  notReady: refuse(
    'not_ready_for_examination',
    'This request has not been searched, so there is nothing to examine.',
    'Wait until the search has run.',
  ),
  taken: refuse(
    'examination_taken',
    'Another examiner has this examination open.',
    'Choose another request from the queue.',
  ),
} as const
