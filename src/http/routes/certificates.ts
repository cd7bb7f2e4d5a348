import { type Certificate, countsAt, issueCertificate, revokeCertificate } from '../../training/index.ts'
import { actorOf } from '../authenticate.ts'
import {
  type CertificateBody,
  certificateSchema,
  idParams,
  issueCertificateBody,
  revocationBody,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { changes } from '../route-docs.ts'

const TAGS = { tags: ['accounts'] }

export function certificateRoutes(app: Door, deps: HttpDeps): void {
  const issuing = {
    ...TAGS,
    summary: 'Certify that somebody completed a course',
    params: idParams,
    body: issueCertificateBody,
    response: changes({ 201: certificateSchema }, 404, 422),
  }
  app.post('/accounts/:id/certificates', { schema: issuing }, async (request, reply) => {
    const { completedAt, ...course } = request.body
    const input = { account: request.params.id, ...course, ...(completedAt === undefined ? {} : { completedAt }) }
    const certificate = valueFrom(await issueCertificate(deps, actorOf(request), input))
    return reply.code(201).send(certificateBody(certificate, deps.clock.now()))
  })

  const revoking = {
    ...TAGS,
    summary: 'End a certificate at once; it stays on record',
    params: idParams,
    body: revocationBody,
    response: changes({ 200: certificateSchema }, 404, 409, 422),
  }
  app.post('/certificates/:id/revocation', { schema: revoking }, async (request): Promise<CertificateBody> => {
    const input = { certificate: request.params.id, reason: request.body.reason }
    return certificateBody(valueFrom(await revokeCertificate(deps, actorOf(request), input)), deps.clock.now())
  })
}

export function certificateBody(certificate: Certificate, now: Date): CertificateBody {
  const { id, track, course, issuedAt, expiresAt, revokedAt } = certificate
  return { id, track, course, issuedAt, expiresAt, revokedAt, valid: countsAt(certificate, now) }
}
