import type { Actor } from '../../access/index.ts'
import { listRequests, readNarrowing, readRequest, submitRequest } from '../../intake/index.ts'
import { listLeads } from '../../leads/index.ts'
import { decideRequest, type Permit, permitFor, readDecision } from '../../policy/index.ts'
import { runSearch, searchSummary } from '../../search/index.ts'
import { actorOf } from '../authenticate.ts'
import {
  idParams,
  type RequestList,
  type RequestPage,
  requestListSchema,
  requestPageSchema,
  type SearchedRequest,
  searchedSchema,
  submitRequestBody,
  submittedSchema,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { HttpProblem, valueFrom } from '../http-problem.ts'
import { answers, changes } from '../route-docs.ts'
import { decisionBody, requestBody, searchBody } from './request-bodies.ts'

const TAGS = { tags: ['requests'] }

export function requestRoutes(app: Door, deps: HttpDeps): void {
  submitRoute(app, deps)
  const listing = {
    ...TAGS,
    summary: 'Own requests; for supervisors and auditors those of the agency',
    response: answers({ 200: requestListSchema }),
  }
  app.get('/requests', { schema: listing }, async (request): Promise<RequestList> => {
    const requests = await listRequests(deps, actorOf(request))
    return { requests: requests.map((one) => ({ ...one })) }
  })

  const reading = {
    ...TAGS,
    summary: 'A request',
    params: idParams,
    response: answers({ 200: requestPageSchema }, 404, 422),
  }
  app.get('/requests/:id', { schema: reading }, async (request) => {
    return requestPage(deps, actorOf(request), request.params.id)
  })
  searchRoute(app, deps)
}

function submitRoute(app: Door, deps: HttpDeps): void {
  const schema = {
    ...TAGS,
    summary: 'File a request; policy decides at once',
    description: 'Answers 201 also when policy refuses: the request and the refusal are on record.',
    body: submitRequestBody,
    response: changes({ 201: submittedSchema }, 422),
  }
  app.post('/requests', { schema }, async (request, reply) => {
    const actor = actorOf(request)
    const { id } = valueFrom(await submitRequest(deps, actor, request.body))
    await decideRequest(deps, actor, id)
    const decision = valueFrom(await readDecision(deps, actor, id))
    if (decision === null) throw new Error(`Request ${id} was filed and not decided.`)
    const filed = valueFrom(await readRequest(deps, actor, id))
    return reply.code(201).send({ request: requestBody(filed), decision: decisionBody(decision) })
  })
}

function searchRoute(app: Door, deps: HttpDeps): void {
  const schema = {
    ...TAGS,
    summary: 'Run the permitted search of a request',
    params: idParams,
    response: changes({ 200: searchedSchema }, 404, 409, 422, 507),
  }
  app.post('/requests/:id/search', { schema }, async (request): Promise<SearchedRequest> => {
    const [actor, { id }] = [actorOf(request), request.params]
    valueFrom(await runSearch(deps, actor, await permitted(deps, actor, id)))
    const { state } = valueFrom(await readRequest(deps, actor, id))
    const search = valueFrom(await searchSummary(deps, actor, id))
    if (search === null) throw new Error(`Request ${id} was searched and has no search.`)
    return { search: searchBody(search), state }
  })
}

/** The permit, decided with the facts of now; a refusal of policy carries every finding. */
async function permitted(deps: HttpDeps, actor: Actor, id: string): Promise<Permit> {
  const permit = await permitFor(deps, actor, id)
  if (permit.ok) return permit.value
  if (permit.problem.facts === undefined || !('decision' in permit.problem.facts)) throw new HttpProblem(permit.problem)
  const decision = await readDecision(deps, actor, id)
  const findings = decision.ok && decision.value !== null ? decisionBody(decision.value).findings : []
  throw new HttpProblem(permit.problem, { findings })
}

async function requestPage(deps: HttpDeps, actor: Actor, id: string): Promise<RequestPage> {
  const request = valueFrom(await readRequest(deps, actor, id))
  const decision = valueFrom(await readDecision(deps, actor, id))
  const search = valueFrom(await searchSummary(deps, actor, id))
  return {
    request: requestBody(request),
    narrowed: await readNarrowing(deps, actor, request),
    decision: decision && decisionBody(decision),
    search: search && searchBody(search),
    lead: request.state === 'lead' ? await leadOf(deps, actor, id) : null,
  }
}

async function leadOf(deps: HttpDeps, actor: Actor, request: string): Promise<{ id: string } | null> {
  const leads = await listLeads(deps, actor)
  const lead = leads.ok ? leads.value.find((one) => one.request === request) : undefined
  return lead === undefined ? null : { id: lead.id }
}
