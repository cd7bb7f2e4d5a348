import { type Actor, accountNames, requireRole, scopeOf } from '../access/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import { narrowingOf, requestOf, withhold } from '../intake/index.ts'
import { type Candidate, type SearchProof, searchOf, searchSentence } from '../search/index.ts'
import type { Tx } from '../store/index.ts'
import type {
  CandidateVerdict,
  Examination,
  ExaminationDeps,
  Order,
  Release,
  Settlement,
  Signature,
} from './examination.ts'
import { progressOf, type Step, stepsOf } from './progress.ts'
import { outcomeOf, verdictsOf } from './records.ts'
import type { Conclusion, ReleaseReason, Verdict } from './vocabulary.ts'

/** Everything about the examination of one request: real candidate ids, scores and every signed verdict. */
export interface ExaminationRecord {
  readonly request: string
  readonly state: 'waiting' | 'in_progress' | 'settled'
  readonly outcome: Conclusion | null
  readonly candidate: string | null
  readonly settledBy: Settlement | null
  readonly resolvedAt: string | null
  /** Photographs searched. */
  readonly searched: number
  /** What proves the list exact; null for searches made before there was a proof. */
  readonly proof: SearchProof | null
  /** What the search was narrowed to, for people; null when it was not. */
  readonly narrowed: string | null
  /** How much was compared, for people. */
  readonly searchSentence: string
  /** Cosine below which nothing was listed. */
  readonly threshold: number
  readonly model: string
  /** In rank order. */
  readonly candidates: readonly RecordCandidate[]
  /** In order 1 to 3; one that is not signed shows only that it is open. */
  readonly examinations: readonly RecordExamination[]
  /** Those that were given up before they were signed, oldest first; nothing in them counts. */
  readonly released: readonly ReleasedExamination[]
}

export interface RecordCandidate extends Candidate {
  readonly verdicts: readonly { readonly order: Order; readonly verdict: Verdict; readonly note: string | null }[]
}

export interface RecordExamination {
  readonly id: string
  readonly order: Order
  readonly examiner: { readonly account: string; readonly name: string }
  readonly openedAt: string
  readonly signature: Omit<Signature, 'examination'> | null
}

export interface ReleasedExamination extends Omit<RecordExamination, 'signature'> {
  readonly reason: ReleaseReason
  readonly releasedAt: string
  readonly releasedBy: { readonly account: string; readonly name: string }
  /** By candidate, as far as the examiner had come. */
  readonly verdicts: readonly CandidateVerdict[]
}

export type RecordCode = 'role_required' | 'not_found' | 'record_closed_until_settled'

/**
 * For supervisors, auditors and the examiners who signed; for the requester once it is settled.
 * Anybody who could still be asked to examine the request waits until it is settled, too.
 */
export async function examinationRecord(
  deps: ExaminationDeps,
  actor: Actor,
  request: string,
): Promise<Outcome<ExaminationRecord, RecordCode>> {
  const role = requireRole(actor, 'supervisor', 'auditor', 'examiner', 'investigator')
  if (!role.ok) return role
  const record = await deps.store.transaction(scopeOf(actor), (tx) => readRecord(tx, actor, request))
  if (!record.ok && record.problem.code === 'not_found') return await withhold(deps, actor, 'request', request)
  return record
}

async function readRecord(tx: Tx, actor: Actor, id: string): Promise<Outcome<ExaminationRecord, RecordCode>> {
  const request = await requestOf(tx, id)
  if (request === null) return NOT_FOUND
  const steps = await stepsOf(tx, id)
  const settled = (await outcomeOf(tx, id)) !== null
  const access = accessOf(actor, request.requester, steps, settled)
  if (access === 'none') return NOT_FOUND
  if (access === 'later') return CLOSED
  return await recordOf(tx, id)
}

type Access = 'now' | 'later' | 'none'

/** What a person may see of a record, by what the person did and still might be asked to do. */
function accessOf(actor: Actor, requester: string, steps: readonly Step[], settled: boolean): Access {
  const signed = steps.some((step) => step.examination.examiner === actor.account && step.signature !== null)
  if (signed) return 'now'
  const reads = actor.roles.includes('supervisor') || actor.roles.includes('auditor')
  const asked = requester === actor.account
  if (!reads && !asked && !actor.roles.includes('examiner')) return 'none'
  if (settled) return reads || asked ? 'now' : 'none'
  return asked || actor.roles.includes('examiner') ? 'later' : 'now'
}

/** The whole record, for rooms that have decided who may read it. */
export async function recordOf(tx: Tx, id: string): Promise<Outcome<ExaminationRecord, 'not_found'>> {
  const [search, request] = [await searchOf(tx, id), await requestOf(tx, id)]
  if (search === null || request === null) return NOT_FOUND
  const narrowed = await narrowingOf(tx, request)
  const { steps, releases } = await progressOf(tx, id)
  const outcome = await outcomeOf(tx, id)
  const names = await accountNames(tx, peopleOf(steps, releases))
  const verdicts = await signedVerdicts(tx, steps)
  return done({
    request: id,
    state: outcome !== null ? 'settled' : steps.length > 0 ? 'in_progress' : 'waiting',
    outcome: outcome?.conclusion ?? null,
    candidate: outcome?.candidate ?? null,
    settledBy: outcome?.settledBy ?? null,
    resolvedAt: outcome?.resolvedAt ?? null,
    ...{ searched: search.searched, threshold: search.threshold, model: search.model.id },
    ...{ proof: search.proof, narrowed, searchSentence: searchSentence(search, narrowed) },
    candidates: search.candidates.map((candidate) => withVerdicts(candidate, verdicts)),
    examinations: steps.map((step) => examinationOfStep(step, names)),
    released: await Promise.all(releases.map((release) => releasedExamination(tx, release, names))),
  })
}

function peopleOf(steps: readonly Step[], releases: readonly Release[]): readonly string[] {
  const examiners = [...steps, ...releases].map((one) => one.examination.examiner)
  return [...examiners, ...releases.map((release) => release.releasedBy)]
}

type OrderedVerdict = CandidateVerdict & { readonly order: Order }

async function signedVerdicts(tx: Tx, steps: readonly Step[]): Promise<readonly OrderedVerdict[]> {
  const all: OrderedVerdict[] = []
  for (const { examination, signature } of steps) {
    if (signature === null) continue
    const verdicts = await verdictsOf(tx, examination.id)
    all.push(...verdicts.map((verdict) => ({ ...verdict, order: examination.order })))
  }
  return all
}

function withVerdicts(candidate: Candidate, verdicts: readonly OrderedVerdict[]): RecordCandidate {
  const own = verdicts.filter((verdict) => verdict.candidate === candidate.id)
  return { ...candidate, verdicts: own.map(({ order, verdict, note }) => ({ order, verdict, note })) }
}

type Names = ReadonlyMap<string, string>

function examinationOfStep({ examination, signature }: Step, names: Names): RecordExamination {
  if (signature === null) return { ...openedBy(examination, names), signature }
  const { examination: _, ...signed } = signature
  return { ...openedBy(examination, names), signature: signed }
}

async function releasedExamination(tx: Tx, release: Release, names: Names): Promise<ReleasedExamination> {
  const { examination, reason, releasedAt } = release
  const verdicts = await verdictsOf(tx, examination.id)
  return {
    ...openedBy(examination, names),
    ...{ reason, releasedAt, releasedBy: person(release.releasedBy, names), verdicts },
  }
}

function openedBy({ id, order, examiner, openedAt }: Examination, names: Names) {
  return { id, order, examiner: person(examiner, names), openedAt }
}

function person(account: string, names: Names) {
  return { account, name: names.get(account) ?? account }
}

const NOT_FOUND = refuse('not_found', 'There is no such request.', 'Open the request from your own list.')

const CLOSED = refuse(
  'record_closed_until_settled',
  'The record stays closed to you until the examiners have decided.',
  'Wait until the examination has ended; until then what the others found must not reach you.',
)
