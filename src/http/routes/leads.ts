import type { Actor } from '../../access/index.ts'
import { displayNames } from '../../access/index.ts'
import { listLeads, readLead, recordArrest, recordCorroboration } from '../../leads/index.ts'
import { actorOf } from '../authenticate.ts'
import {
  type Corroboration,
  corroborationBody,
  corroborationSchema,
  idParams,
  type LeadList,
  type LeadPage,
  leadListSchema,
  leadPageSchema,
  type Reliance,
  relianceBody,
  relianceSchema,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { answers, changes } from '../route-docs.ts'
import { evidenceBody, pageBody, relianceOf, summaryBody } from './lead-bodies.ts'
import { leadFileRoutes } from './lead-files.ts'

const TAGS = { tags: ['leads'] }

export function leadRoutes(app: Door, deps: HttpDeps): void {
  const listing = {
    ...TAGS,
    summary: 'Leads that may be read, newest first',
    response: answers({ 200: leadListSchema }, 403),
  }
  app.get('/leads', { schema: listing }, async (request): Promise<LeadList> => {
    return { leads: valueFrom(await listLeads(deps, actorOf(request))).map(summaryBody) }
  })

  const page = answers({ 200: leadPageSchema }, 403, 404, 422)
  const reading = { ...TAGS, summary: 'A lead with everything shown beside it', params: idParams, response: page }
  app.get('/leads/:id', { schema: reading }, async (request) => leadPage(deps, actorOf(request), request.params.id))
  leadFileRoutes(app, deps)
  evidenceRoutes(app, deps)
}

function evidenceRoutes(app: Door, deps: HttpDeps): void {
  const changing = { ...TAGS, params: idParams }
  const corroborating = {
    ...changing,
    summary: 'Record evidence beside a lead',
    body: corroborationBody,
    response: changes({ 201: corroborationSchema }, 404, 422),
  }
  app.post('/leads/:id/corroborations', { schema: corroborating }, async (request, reply) => {
    const actor = actorOf(request)
    const { note, ...rest } = request.body
    const input = { ...rest, lead: request.params.id, ...(note === undefined ? {} : { note }) }
    const record = valueFrom(await recordCorroboration(deps, actor, input))
    const body: Corroboration = evidenceBody(record, new Map([[actor.account, actor.name]]))
    return reply.code(201).send(body)
  })

  const relying = {
    ...changing,
    summary: 'Record that an arrest rests on the lead together with independent evidence',
    body: relianceBody,
    response: changes({ 201: relianceSchema }, 404, 409, 422),
  }
  app.post('/leads/:id/reliance', { schema: relying }, async (request, reply) => {
    const [actor, lead] = [actorOf(request), request.params.id]
    const given = { lead, corroboration: request.body.corroboration }
    const record = valueFrom(await recordArrest(deps, actor, given))
    const body: Reliance = relianceOf(record, new Map([[actor.account, actor.name]]))
    return reply.code(201).send(body)
  })
}

async function leadPage(deps: HttpDeps, actor: Actor, id: string): Promise<LeadPage> {
  const file = valueFrom(await readLead(deps, actor, id))
  const recorders = [...file.corroborations, ...file.reliance].map((record) => record.recordedBy)
  return pageBody(file, await displayNames(deps, actor, recorders))
}
