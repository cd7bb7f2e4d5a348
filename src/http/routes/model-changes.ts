import { listModels } from '../../evaluation/index.ts'
import {
  approveOperatingPoint,
  operatingPointView,
  proposeOperatingPoint,
  rejectOperatingPoint,
} from '../../policy/index.ts'
import { actorOf } from '../authenticate.ts'
import {
  idParams,
  type ModelChanges,
  type ModelProposal,
  modelChangesSchema,
  proposalSchema,
  proposeChangeBody,
  rejectChangeBody,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { answers, changes } from '../route-docs.ts'
import { changesBody, proposalBody } from './model-bodies.ts'

const TAGS = { tags: ['model'] }

export function modelChangeRoutes(app: Door, deps: HttpDeps): void {
  const reading = {
    ...TAGS,
    summary: 'What searches work with, what is proposed, and how far the gallery has come',
    response: answers({ 200: modelChangesSchema }, 403),
  }
  app.get('/model/changes', { schema: reading }, async (request): Promise<ModelChanges> => {
    const view = valueFrom(await operatingPointView(deps, actorOf(request)))
    return changesBody(view, valueFrom(await listModels(deps, actorOf(request))))
  })

  const proposing = {
    ...TAGS,
    summary: 'Propose another model or similarity floor; two other people must approve',
    body: proposeChangeBody,
    response: changes({ 201: proposalSchema }, 409, 422),
  }
  app.post('/model/changes', { schema: proposing }, async (request, reply) => {
    const { model, similarityFloor, evaluation } = request.body
    const attached = evaluation === undefined ? {} : { evaluation }
    const input = { modelSha256: model, similarityFloor, ...attached }
    return reply.code(201).send(proposalBody(valueFrom(await proposeOperatingPoint(deps, actorOf(request), input))))
  })
  decisionRoutes(app, deps)
}

function decisionRoutes(app: Door, deps: HttpDeps): void {
  const response = changes({ 200: proposalSchema }, 404, 409, 422)
  const approving = { ...TAGS, summary: 'Approve a proposed change', params: idParams, response }
  app.post('/model/changes/:id/approval', { schema: approving }, async (request): Promise<ModelProposal> => {
    return proposalBody(valueFrom(await approveOperatingPoint(deps, actorOf(request), request.params.id)))
  })

  const rejecting = {
    ...TAGS,
    summary: 'Reject a proposed change, or withdraw one of your own',
    params: idParams,
    body: rejectChangeBody,
    response,
  }
  app.post('/model/changes/:id/rejection', { schema: rejecting }, async (request): Promise<ModelProposal> => {
    const input = { proposal: request.params.id, reason: request.body.reason }
    return proposalBody(valueFrom(await rejectOperatingPoint(deps, actorOf(request), input)))
  })
}
