import type { FastifyRequest } from 'fastify'
import { requireRole } from '../access/index.ts'
import { logFileKind } from '../audit/index.ts'
import { refuse } from '../base/index.ts'
import { sendProblem } from './answer-error.ts'
import { actorOf, authenticate } from './authenticate.ts'
import type { Door, HttpDeps } from './http-deps.ts'
import { HttpProblem, valueFrom } from './http-problem.ts'

/**
 * The log as the static tree that C2SP tlog-tiles describes, under `/log/`, read only and without listings: the
 * checkpoint and the tiles of hashes for everybody; the bundles, which hold the entries, for auditors and supervisors.
 */
export function serveLog(app: Door, deps: HttpDeps): void {
  app.get<{ Params: { '*': string } }>('/log/*', { schema: { hide: true } }, async (request, reply) => {
    const path = request.params['*']
    const file = logFileKind(path)
    if (file === null) return reply.callNotFound()
    const reader = file.kind === 'bundle' ? await readerOf(request, deps) : null
    const bytes = await deps.log.file(path, reader)
    if (bytes === null) return sendProblem(reply, NOT_THERE)
    const type = file.kind === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream'
    const shared = file.kind === 'bundle' ? 'private' : 'public'
    reply.header('cache-control', file.final ? `${shared}, max-age=31536000, immutable` : 'no-cache')
    return reply.type(type).send(bytes)
  })
}

async function readerOf(request: FastifyRequest, deps: HttpDeps) {
  await authenticate(deps)(request)
  return valueFrom(requireRole(actorOf(request), 'auditor', 'supervisor'))
}

const NOT_THERE = new HttpProblem(
  refuse('not_found', 'The log has no such file.', 'Read `checkpoint` first; a partial tile gives way to its full one.')
    .problem,
)
