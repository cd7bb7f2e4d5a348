import { leadCandidateImage, leadProbeImage, renderLeadSheet } from '../../leads/index.ts'
import { actorOf } from '../authenticate.ts'
import { candidateParams, idParams } from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { answers, fileAnswer } from '../route-docs.ts'

const TAGS = { tags: ['leads'] }

/** Photographs of a lead and its sheet. */
export function leadFileRoutes(app: Door, deps: HttpDeps): void {
  const image = fileAnswer('image/jpeg', 'Upright display copy, without metadata')
  const images = { ...TAGS, response: answers({ 200: image }, 403, 404, 422) }
  const probe = { ...images, summary: 'The probe of a lead', params: idParams }
  app.get('/leads/:id/probe/image', { schema: probe }, async (request, reply) => {
    const bytes = valueFrom(await leadProbeImage(deps, actorOf(request), request.params.id))
    return reply.type('image/jpeg').send(Buffer.from(bytes))
  })

  const candidate = { ...images, summary: 'The photograph of a candidate of a lead', params: candidateParams }
  app.get('/leads/:id/images/:candidate', { schema: candidate }, async (request, reply) => {
    const { id, candidate: chosen } = request.params
    const bytes = valueFrom(await leadCandidateImage(deps, actorOf(request), id, chosen))
    return reply.type('image/jpeg').send(Buffer.from(bytes))
  })

  const pdf = fileAnswer('application/pdf', 'Tagged PDF')
  const sheet = { ...TAGS, summary: 'The lead sheet', params: idParams, response: answers({ 200: pdf }, 403, 404, 422) }
  app.get('/leads/:id/sheet.pdf', { schema: sheet }, async (request, reply) => {
    const { id } = request.params
    const rendered = valueFrom(await renderLeadSheet(deps, actorOf(request), id))
    reply.header('content-disposition', `inline; filename="${id}.pdf"`)
    return reply.type('application/pdf').send(Buffer.from(rendered.pdf))
  })
}
