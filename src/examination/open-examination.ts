import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse, toStamp } from '../base/index.ts'
import { moveRequest, requestOf, type SearchRequest, withhold } from '../intake/index.ts'
import type { Tx } from '../store/index.ts'
import type { ExaminationView } from './blind-view.ts'
import type { Examination, ExaminationDeps, Order } from './examination.ts'
import { examinerCertificate } from './examiner-certificate.ts'
import { loadView } from './load-view.ts'
import { type ClaimCode, claimOf, progressOf } from './progress.ts'
import { insertExamination, lockExaminations } from './records.ts'

export type OpenCode = 'role_required' | 'not_found' | 'certificate_missing' | ClaimCode

/** Takes the next order of a request for this examiner; asked again, it goes on with the one held. */
export async function openExamination(
  deps: ExaminationDeps,
  actor: Actor,
  request: string,
): Promise<Outcome<ExaminationView, OpenCode>> {
  const role = requireRole(actor, 'examiner')
  if (!role.ok) return role
  const opened = await deps.store.act(scopeOf(actor), (tx) => claimNext(tx, deps, actor, request))
  if (!opened.ok && opened.problem.code === 'not_found') return await withhold(deps, actor, 'request', request)
  return opened
}

async function claimNext(
  tx: Tx,
  deps: ExaminationDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<ExaminationView, OpenCode>> {
  await lockExaminations(tx, id)
  const request = await requestOf(tx, id)
  if (request === null) return refuse('not_found', 'There is no such request.', 'Open it from your own queue.')
  const claim = claimOf(request, await progressOf(tx, id), actor.account)
  if (!claim.ok) return claim
  if (claim.value.held !== null) return done(await loadView(tx, claim.value.held))
  const certificate = await examinerCertificate(tx, deps, actor)
  if (!certificate.ok) return certificate
  return done(await loadView(tx, await writeExamination(tx, deps, actor, request, claim.value.order)))
}

async function writeExamination(
  tx: Tx,
  deps: ExaminationDeps,
  actor: Actor,
  { id: request, state }: Pick<SearchRequest, 'id' | 'state'>,
  order: Order,
): Promise<Examination> {
  const { account, agency } = actor
  const openedAt = toStamp(deps.clock.now())
  const examination = { id: deps.ids.next('exam'), agency, request, order, examiner: account, openedAt }
  await insertExamination(tx, examination)
  // After a release the first order is opened again, and the request stands where it stood.
  if (state === 'searched') await moveRequest(tx, request, 'in_examination')
  const facts = { request, order }
  await append(tx, deps, { act: 'examination.opened', actor: account, agency, about: examination.id, facts })
  return examination
}
