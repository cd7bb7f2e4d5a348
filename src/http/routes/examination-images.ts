import { examinationCandidateImage, examinationProbeImage } from '../../examination/index.ts'
import { actorOf } from '../authenticate.ts'
import { candidateParams, idParams } from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { answers, fileAnswer } from '../route-docs.ts'

export function examinationImageRoutes(app: Door, deps: HttpDeps): void {
  const image = fileAnswer('image/jpeg', 'Upright display copy, without metadata')
  const common = { tags: ['examinations'], response: answers({ 200: image }, 403, 404, 422) }
  const probe = { ...common, summary: 'The probe of an examination', params: idParams }
  app.get('/examinations/:id/probe/image', { schema: probe }, async (request, reply) => {
    const bytes = valueFrom(await examinationProbeImage(deps, actorOf(request), request.params.id))
    return reply.type('image/jpeg').send(Buffer.from(bytes))
  })

  const candidate = { ...common, summary: 'The photograph of a candidate', params: candidateParams }
  app.get('/examinations/:id/candidates/:candidate/image', { schema: candidate }, async (request, reply) => {
    const { id, candidate: chosen } = request.params
    const bytes = valueFrom(await examinationCandidateImage(deps, actorOf(request), id, chosen))
    return reply.type('image/jpeg').send(Buffer.from(bytes))
  })
}
