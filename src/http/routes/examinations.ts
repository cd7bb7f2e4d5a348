import type { Actor } from '../../access/index.ts'
import {
  examinationQueue,
  examinationRecord,
  openExamination,
  readExamination,
  recordVerdict,
  releaseExamination,
  type SignedExamination as Signed,
  signExamination,
} from '../../examination/index.ts'
import { issueLead } from '../../leads/index.ts'
import { actorOf } from '../authenticate.ts'
import {
  candidateParams,
  type ExaminationQueue,
  examinationQueueSchema,
  examinationRecordSchema,
  examinationViewSchema,
  givenVerdictSchema,
  idParams,
  type ReleasedExamination,
  releaseBody,
  releasedExaminationSchema,
  type SignedExamination,
  signatureBody,
  signedExaminationSchema,
  verdictBody,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { answers, changes } from '../route-docs.ts'
import { placeBody, recordBody, viewBody } from './examination-bodies.ts'

const TAGS = { tags: ['examinations'] }

export function examinationRoutes(app: Door, deps: HttpDeps): void {
  readingRoutes(app, deps)
  judgingRoutes(app, deps)
  releaseRoute(app, deps)
}

function releaseRoute(app: Door, deps: HttpDeps): void {
  const schema = {
    ...TAGS,
    summary: 'End an unsigned examination, so that another examiner can take its place',
    params: idParams,
    body: releaseBody,
    response: changes({ 200: releasedExaminationSchema }, 404, 409, 422),
  }
  app.post('/examinations/:id/release', { schema }, async (request): Promise<ReleasedExamination> => {
    const input = { examination: request.params.id, reason: request.body.reason }
    return { ...valueFrom(await releaseExamination(deps, actorOf(request), input)) }
  })
}

function readingRoutes(app: Door, deps: HttpDeps): void {
  const queueing = {
    ...TAGS,
    summary: 'What this examiner can work on',
    response: answers({ 200: examinationQueueSchema }, 403),
  }
  app.get('/examinations', { schema: queueing }, async (request): Promise<ExaminationQueue> => {
    return { queue: valueFrom(await examinationQueue(deps, actorOf(request))).map(placeBody) }
  })

  const view = { ...TAGS, params: idParams }
  const opening = {
    ...view,
    summary: 'Take the next examination of a request, blind to what others said',
    response: changes({ 200: examinationViewSchema }, 404, 409, 422),
  }
  app.post('/requests/:id/examinations', { schema: opening }, async (request) => {
    return viewBody(valueFrom(await openExamination(deps, actorOf(request), request.params.id)))
  })

  const reading = {
    ...view,
    summary: 'An examination',
    response: answers({ 200: examinationViewSchema }, 403, 404, 422),
  }
  app.get('/examinations/:id', { schema: reading }, async (request) => {
    return viewBody(valueFrom(await readExamination(deps, actorOf(request), request.params.id)))
  })

  const record = answers({ 200: examinationRecordSchema }, 403, 404, 422)
  const recording = { ...view, summary: 'Everything judged about a request, once it may be read', response: record }
  app.get('/requests/:id/examination-record', { schema: recording }, async (request) => {
    return recordBody(valueFrom(await examinationRecord(deps, actorOf(request), request.params.id)))
  })
}

function judgingRoutes(app: Door, deps: HttpDeps): void {
  const judging = {
    ...TAGS,
    summary: 'Give a verdict on one candidate',
    params: candidateParams,
    body: verdictBody,
    response: changes({ 200: givenVerdictSchema }, 404, 409, 422),
  }
  app.put('/examinations/:id/verdicts/:candidate', { schema: judging }, async (request) => {
    const { id: examination, candidate } = request.params
    const { verdict, note } = request.body
    const given = valueFrom(await recordVerdict(deps, actorOf(request), { examination, candidate, verdict, note }))
    return { candidate: given.id, verdict: given.verdict, note: given.note }
  })

  const signing = {
    ...TAGS,
    summary: 'Sign an examination; two that agree on a lead make one',
    params: idParams,
    body: signatureBody,
    response: changes({ 200: signedExaminationSchema }, 404, 409, 422),
  }
  app.post('/examinations/:id/signature', { schema: signing }, async (request): Promise<SignedExamination> => {
    const [actor, examination] = [actorOf(request), request.params.id]
    const signed = valueFrom(await signExamination(deps, actor, { examination, ...request.body }))
    const { order, state, outcome = null } = signed
    return { request: signed.request, order, state, outcome, lead: await leadFrom(deps, actor, signed) }
  })
}

/** The lead, when two examiners concluded that there is one. */
async function leadFrom(deps: HttpDeps, actor: Actor, signed: Signed): Promise<{ id: string } | null> {
  if (signed.outcome !== 'investigative_lead' || signed.verified === undefined) return null
  return { id: valueFrom(await issueLead(deps, actor, signed.verified)).id }
}
